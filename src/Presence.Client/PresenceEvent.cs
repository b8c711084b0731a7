using System.Text;
using Presence.Model.Addresses;

namespace Presence.Client;

/// <summary>Something the server told a session of its own accord (docs/protocol, section 2.8).</summary>
/// <param name="Sequence">Number of the event in its session.</param>
/// <param name="Time">When it happened; null if the server did not say.</param>
public abstract record PresenceEvent(long Sequence, DateTimeOffset? Time);

public enum SubscriptionState
{
    Active,
    Pending,
    Terminated,
}

/// <summary>A value changed, or the state of a subscription did.</summary>
/// <param name="Target">Whose property, and which.</param>
/// <param name="SubscriptionId">The subscription it belongs to.</param>
/// <param name="State">Null if it did not change.</param>
/// <param name="Version">Greater is newer for the same target; null without a value.</param>
/// <param name="Value">Null if the property has a body, is gone, or only the state is told.</param>
/// <param name="Why">Why a subscription or a value ended, such as <c>timeout</c> or <c>lease</c>.</param>
public sealed record Notification(
    long Sequence, DateTimeOffset? Time, Place Target, string? SubscriptionId, SubscriptionState? State,
    long? Version, string? Value, string? Why) : PresenceEvent(Sequence, Time)
{
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>MIME type of <see cref="Body"/>.</summary>
    public string? ContentType { get; init; }
}

/// <summary>An instant message.</summary>
/// <param name="From">Who sent it, as proven to the server.</param>
/// <param name="Target">The group it came through; the own node for a direct one.</param>
/// <param name="Mid">The sender's number for it; repeats carry the same.</param>
/// <param name="ContentType">MIME type, by default plain text.</param>
/// <param name="Wants">The receipts asked for: <c>delivered</c>, <c>displayed</c>.</param>
public sealed record Message(
    long Sequence, DateTimeOffset? Time, Address From, Place Target, string Mid, string ContentType,
    IReadOnlyList<string> Wants, ReadOnlyMemory<byte> Body) : PresenceEvent(Sequence, Time)
{
    /// <summary>Null if the sender gave none.</summary>
    public string? Subject { get; init; }

    /// <summary>Interest class; null without one.</summary>
    public string? Class { get; init; }

    /// <summary>
    /// True for the first message of somebody who waits to be let in: further ones come after
    /// <see cref="PresenceSession.Approve"/> only.
    /// </summary>
    public bool IsRequest { get; init; }

    /// <summary>When it was accepted, for a message that waited because nobody was here; else null.</summary>
    public DateTimeOffset? DelayedSince { get; init; }

    public bool IsPlainText =>
        ContentType.Split(';')[0].Trim().Equals("text/plain", StringComparison.OrdinalIgnoreCase);

    /// <summary>The body read as UTF-8; octets that are none become U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);
}

/// <summary>What became of a message that this account sent.</summary>
/// <param name="From">Whose receipt it is.</param>
/// <param name="Disposition"><c>delivered</c>, <c>displayed</c> or <c>failed</c>.</param>
/// <param name="Code">Why it failed, as a code of section 2.10; null otherwise.</param>
public sealed record Receipt(
    long Sequence, DateTimeOffset? Time, Place From, string Mid, string Disposition, int? Code)
    : PresenceEvent(Sequence, Time);

/// <summary>Somebody subscribed, waits for approval, left, or asked.</summary>
/// <param name="Target">What it is about.</param>
/// <param name="Who">An address, or another principal such as <c>anon</c>.</param>
/// <param name="What"><c>sub</c> or <c>query</c>.</param>
/// <param name="State">For example <c>pending</c>: then <see cref="PresenceSession.Approve"/> decides.</param>
public sealed record WatcherRequest(
    long Sequence, DateTimeOffset? Time, Place Target, string Who, string What, string? State)
    : PresenceEvent(Sequence, Time);
