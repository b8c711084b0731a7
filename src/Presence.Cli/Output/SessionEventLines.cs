using System.Text;
using Presence.Client;
using Presence.Client.Peers;

namespace Presence.Cli.Output;

/// <summary>Events of groups, invitations and referrals.</summary>
internal static class SessionEventLines
{
    public static void Tell(this Report report, MembershipChange change)
    {
        var role = change.Role is null ? "" : $" as {change.Role}";
        var what = change.State switch
        {
            "pending" => "asks to join",
            "invited" => "is invited to",
            "member" => "is in",
            "left" => "has left",
            "gone" => "has lost",
            _ => $"is {change.State} from",
        };
        report.Tell($"{EventLines.Clock(change.Time)} {change.Who} {what} {change.Group}{role}",
            ("event", "member"), ("group", change.Group.ToString()), ("who", change.Who), ("state", change.State),
            ("role", change.Role), ("time", EventLines.Wire(change.Time)));
    }

    public static void Tell(this Report report, InvitationOffer offer) =>
        report.TellText(
            $"{EventLines.Clock(offer.Time)} {offer.From} calls you: {offer.ContentType}, invitation {offer.Id}",
            Text(offer.ContentType, offer.Body),
            ("event", "invite"), ("from", offer.From.ToString()), ("inv", offer.Id), ("type", offer.ContentType),
            ("ttl", offer.Lifetime), ("octets", offer.Body.Length), ("text", Text(offer.ContentType, offer.Body)),
            ("time", EventLines.Wire(offer.Time)));

    public static void Tell(this Report report, InvitationAnswer answer)
    {
        var what = answer.Code switch
        {
            < 200 => answer.Code == 180 ? "it rings" : "it is being tried",
            < 300 => "accepted",
            _ => CodeMeaning.Of(answer.Code),
        };
        report.TellText($"{EventLines.Clock(answer.Time)} {answer.From} {answer.Code}: {what}", Shown(answer),
            ("event", "answer"), ("from", answer.From.ToString()), ("inv", answer.Id), ("code", answer.Code),
            ("type", answer.ContentType), ("octets", answer.Body?.Length), ("text", Text(answer)),
            ("time", EventLines.Wire(answer.Time)));
    }

    public static void Tell(this Report report, InvitationEnd end)
    {
        var why = end.Why is null ? "" : $": {end.Why}";
        report.Tell($"{EventLines.Clock(end.Time)} invitation {end.Id} is over{why}",
            ("event", "cancel"), ("inv", end.Id), ("why", end.Why), ("time", EventLines.Wire(end.Time)));
    }

    public static void Tell(this Report report, PeerChange change) => report.Tell($"- {change.Why}",
        ("event", "direct"), ("direct", change.IsDirect), ("why", change.Why));

    public static void Tell(this Report report, Referral referral)
    {
        var why = referral.Why is null ? "" : $": {referral.Why}";
        report.Tell($"{EventLines.Clock(referral.Time)} {referral.From} asks you to turn to {referral.To}{why}",
            ("event", "refer"), ("from", referral.From.ToString()), ("to", referral.To.ToString()),
            ("why", referral.Why), ("time", EventLines.Wire(referral.Time)));
    }

    public static void Tell(this Report report, Announcement announcement) => report.Tell(
        $"{EventLines.Clock(announcement.Time)} {announcement.Domain} says: {announcement.Text}",
        ("event", "info"), ("what", announcement.What), ("text", announcement.Text),
        ("time", EventLines.Wire(announcement.Time)));

    private static string? Shown(InvitationAnswer answer) => answer.Body is { Length: > 0 } body
        ? Text(answer) ?? $"({answer.ContentType}, {body.Length} octets)"
        : null;

    private static string? Text(InvitationAnswer answer) =>
        answer.Body is { } body ? Text(answer.ContentType ?? "", body) : null;

    // SDP is text, whatever its type says.
    private static string? Text(string type, ReadOnlyMemory<byte> body) =>
        type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("application/sdp", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(body.Span)
            : null;
}
