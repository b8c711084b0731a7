using Presence.Model.Addresses;

namespace Presence.Client;

/// <summary>A message that the server took over.</summary>
public sealed class SentMessage
{
    private readonly TaskCompletionSource<Delivery> _delivery = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SentMessage(string mid, Place to) => (Mid, To) = (mid, to);

    /// <summary>The number that its receipts carry.</summary>
    public string Mid { get; }

    public Place To { get; }

    /// <summary>
    /// What became of it. Never fails: it completes with the first receipt, or with <see cref="DeliveryOutcome.Unknown"/>
    /// when the message's lifetime is over for five seconds, no receipt was asked for, or the client is disposed. Recipients need not
    /// give receipts, so unknown is no failure.
    /// </summary>
    public Task<Delivery> Delivery => _delivery.Task;

    internal bool Settle(DeliveryOutcome outcome, int? code = null, DateTimeOffset? time = null) =>
        _delivery.TrySetResult(new Delivery(outcome, code, time));
}

/// <summary>The fate of a message.</summary>
/// <param name="Code">Why it failed (docs/protocol/codes.md); null otherwise.</param>
/// <param name="Time">By the server's clock; null if it was not told.</param>
public sealed record Delivery(DeliveryOutcome Outcome, int? Code, DateTimeOffset? Time);

public enum DeliveryOutcome
{
    /// <summary>An endpoint of the recipient has it.</summary>
    Delivered,

    /// <summary>It will not arrive.</summary>
    Failed,

    /// <summary>Nobody said.</summary>
    Unknown,
}
