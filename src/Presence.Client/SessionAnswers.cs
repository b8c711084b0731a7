using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client;

/// <summary>The server refused a request; the session goes on.</summary>
/// <remarks><c>Code</c> is 300–599, see docs/protocol/codes.md.</remarks>
public sealed class PipRefusedException(int code, string reason, string message)
    : PresenceException(code, reason, message)
{
    internal static PipRefusedException By(ServerAnswer answer) => new(
        answer.Code, answer.Reason, $"The server refused: {answer.Code} {answer.Reason}{Details(answer.Parameters)}.");

    private static string Details(Parameters parameters)
    {
        var text = parameters["text"] is { } told ? $" ({told})" : "";
        var culprit = parameters["param"] is { } name ? $", at '{name}'" : "";
        var version = parameters["ver"] is { } current ? $", the version is {current}" : "";
        var least = parameters["min"] is { } seconds ? $", at least {seconds} s" : "";
        var elsewhere = parameters["to"] is { } to ? $", now at {to}" : "";
        var retry = parameters["retry"] is { } wait ? $", try again in {wait} s" : "";
        return text + culprit + version + least + elsewhere + retry;
    }
}

/// <summary>A property as read.</summary>
/// <param name="Value">Text of the property; empty if it has a body instead.</param>
/// <param name="Version">Greater is newer.</param>
/// <param name="Time">Of the last change, if told.</param>
public sealed record PropertyValue(string Value, long Version, DateTimeOffset? Time)
{
    internal static PropertyValue Of(ServerAnswer answer) =>
        new(answer.Parameters["val"] ?? "", answer.Version ?? 0, answer.Time);
}

/// <summary>A subscription on the server's record.</summary>
/// <param name="Id">Comes back in each <see cref="Notification"/>; stays the same when subscribed again.</param>
/// <param name="State">Pending until the other side has decided.</param>
public sealed record Subscription(string Id, Place Target, SubscriptionState State);

/// <summary>What the server said to a message.</summary>
/// <param name="Mid">The number under which receipts will come.</param>
/// <param name="Code">202 if the server took it over.</param>
public sealed record SendResult(string Mid, int Code, string Reason, string? Text)
{
    /// <summary>True says nothing about the recipient: ask for receipts to learn more.</summary>
    public bool IsAccepted => Code is >= 200 and < 300;
}
