using System.Globalization;
using Presence.Client;
using Presence.Client.Peers;
using Presence.Protocol.Framing;

namespace Presence.Cli.Output;

/// <summary>How events look, to people and to scripts.</summary>
internal static class EventLines
{
    public static void Tell(this Report report, PresenceEvent happened)
    {
        switch (happened)
        {
            case Notification notification:
                report.Tell(notification);
                break;
            case Message message:
                report.Tell(message);
                break;
            case Receipt receipt:
                report.Tell($"{Clock(receipt.Time)} {receipt.From} {receipt.Disposition} your message {receipt.Mid}",
                    ("event", "receipt"), ("from", receipt.From.ToString()), ("mid", receipt.Mid),
                    ("disposition", receipt.Disposition), ("code", receipt.Code), ("time", Wire(receipt.Time)));
                break;
            case WatcherRequest watcher:
                report.Tell($"{Clock(watcher.Time)} {watcher.Who} {Doing(watcher)} {watcher.Target}",
                    ("event", "watcher"), ("who", watcher.Who), ("what", watcher.What), ("state", watcher.State),
                    ("target", watcher.Target.ToString()), ("time", Wire(watcher.Time)));
                break;
            case MembershipChange change:
                report.Tell(change);
                break;
            case InvitationOffer offer:
                report.Tell(offer);
                break;
            case InvitationAnswer answer:
                report.Tell(answer);
                break;
            case InvitationEnd end:
                report.Tell(end);
                break;
            case PeerChange change:
                report.Tell(change);
                break;
            case Announcement announcement:
                report.Tell(announcement);
                break;
            case Referral referral:
                report.Tell(referral);
                break;
            case ConnectionEvent word:
                report.Tell(word);
                break;
        }
    }

    /// <summary>As on the wire, in UTC; null stays null.</summary>
    public static string? Wire(DateTimeOffset? time) => time is { } known ? WireTime.ToText(known) : null;

    private static void Tell(this Report report, Notification change)
    {
        var why = change.Why is null ? "" : $": {change.Why}";
        var value = change switch
        {
            { Value: { } text } => text,
            { Body: { } body } => $"({change.ContentType ?? "text/plain"}, {body.Length} octets)",
            { State: { } state } => $"({state.ToString().ToLowerInvariant()}{why})",
            _ => "(gone)",
        };
        report.Tell($"{Clock(change.Time)} {change.Target} {value}",
            ("event", "notify"), ("target", change.Target.ToString()), ("value", change.Value),
            ("state", change.State?.ToString().ToLowerInvariant()), ("why", change.Why), ("version", change.Version),
            ("type", change.ContentType), ("octets", change.Body?.Length), ("time", Wire(change.Time)));
    }

    private static void Tell(this Report report, Message message)
    {
        var via = message.Target.IsOwn ? "" : $" in {message.Target}";
        var shown = message.IsPlainText ? message.Text : $"({message.ContentType}, {message.Body.Length} octets)";
        var about = message.Subject is null ? "" : $" about \"{message.Subject}\"";
        var first = message.IsRequest ? $" (/approve {message.From} lets him write on)" : "";
        var waited = message.DelayedSince is null ? "" : " (waited for you)";
        report.TellText($"{Clock(message.Time)} {message.From}{via}{about}{first}{waited}:", shown,
            ("event", "message"), ("from", message.From.ToString()), ("target", message.Target.ToString()),
            ("mid", message.Mid), ("type", message.ContentType), ("text", message.IsPlainText ? message.Text : null),
            ("octets", message.Body.Length), ("subject", message.Subject), ("class", message.Class),
            ("request", message.IsRequest ? true : null), ("delayed", Wire(message.DelayedSince)),
            ("time", Wire(message.Time)));
    }

    private static string Doing(WatcherRequest watcher) => watcher switch
    {
        { What: "query" } => "asked for",
        { State: "pending" } => $"wants to see (/approve {watcher.Who} allows it)",
        { State: { } state } => $"is now {state} for",
        _ => "watches",
    };

    /// <summary>For people, in UTC; a dash if nobody knows.</summary>
    public static string Clock(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
