using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client;

/// <summary>Groups, invitations and referrals.</summary>
internal static partial class EventReading
{
    private static MembershipChange? ReadMembership(Frame frame, Place target)
    {
        var parameters = frame.Parameters;
        return parameters["who"] is { } who && parameters["state"] is { } state
            ? new MembershipChange(frame.Number, Time(parameters), target, who, state, parameters["role"])
            : null;
    }

    private static InvitationOffer? ReadOffer(Frame frame)
    {
        var parameters = frame.Parameters;
        return Address.TryParse(parameters["from"], out var from, out _) && parameters["inv"] is { } id
            ? new InvitationOffer(frame.Number, Time(parameters), from, id, parameters["type"] ?? PlainText,
                Number(parameters, "ttl"), frame.Body ?? default)
            : null;
    }

    private static InvitationAnswer? ReadAnswer(Frame frame, Place target)
    {
        var parameters = frame.Parameters;
        return parameters["inv"] is { } id && Number(parameters, "code") is >= 100 and <= 699 and var code
            ? new InvitationAnswer(frame.Number, Time(parameters), target, id, (int)code,
                frame.Body is null ? null : parameters["type"] ?? PlainText, frame.Body)
            : null;
    }

    private static InvitationEnd? ReadEnd(Frame frame) => frame.Parameters["inv"] is { } id
        ? new InvitationEnd(frame.Number, Time(frame.Parameters), id, frame.Parameters["why"])
        : null;

    private static Announcement? ReadAnnouncement(Frame frame) =>
        frame.Parameters["what"] is { } what && frame.Parameters["text"] is { } text
            ? new Announcement(frame.Number, Time(frame.Parameters), frame.Target ?? "", what, text)
            : null;

    private static Referral? ReadReferral(Frame frame)
    {
        var parameters = frame.Parameters;
        return Address.TryParse(parameters["from"], out var from, out _)
            && Address.TryParse(parameters["to"], out var to, out _)
            ? new Referral(frame.Number, Time(parameters), from, to, parameters["why"])
            : null;
    }
}
