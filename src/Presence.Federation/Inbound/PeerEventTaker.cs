using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Federation.Links;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Protocol.Framing;
using Presence.Sessions;

namespace Presence.Federation.Inbound;

/// <summary>Events of another domain: it speaks with authority about its own nodes and about nothing else.</summary>
internal sealed class PeerEventTaker(IGrainFactory grains, HostedDomains hosted, AbuseReports reports)
{
    public Task Take(LinkSession session, Frame frame)
    {
        if (frame.Verb == "INFO")
        {
            reports.Take(session, frame);
            return Task.CompletedTask;
        }

        if (!Place.TryParseCanonical(frame.Target, out var place, out _) || place.Address is not { } node
            || !session.HasRemote(node.Domain))
            return Task.CompletedTask;
        return frame.Verb switch
        {
            "NOTIFY" when LocalOf(session, node, frame) is { } local
                && PeerFrames.NoticeOf(frame, place.Path) is { } notice => grains.GetMirror(local, node).Take(notice),
            "MEMBER" => TakeMember(node, frame),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>Our domain that a value is for: the one that it names, or that of the session; null if it cannot be.</summary>
    private static Domain? LocalOf(LinkSession session, Address node, Frame frame)
    {
        var local = session.Pair.Local;
        if (frame.Parameters["to"] is { } named && !Domain.TryParseCanonical(named, out local, out _))
            return null;
        return session.Serves(new DomainPair(local, node.Domain)) ? local : null;
    }

    /// <summary>What groups somebody belongs to is noted with him: what comes through others is not taken.</summary>
    private async Task TakeMember(Address group, Frame frame)
    {
        var fields = frame.Parameters;
        if (!Address.TryParseCanonical(fields["to"], out var to, out _) || !hosted.Contains(to.Domain) || to.IsDomain
            || !Address.TryParseCanonical(fields["who"], out var who, out _)
            || !GroupStandingWords.TryParse(fields["state"], out var standing)
            || !WireTime.TryParse(fields["t"] ?? "", out var at))
            return;
        GroupRole? role = fields["role"] is { } word && GroupRoleWords.TryParse(word, out var known) ? known : null;
        if (who == to && standing == GroupStanding.Member)
            await grains.GetMemberships(to).NoteGroup(group);
        else if (who == to && standing is not (GroupStanding.Pending or GroupStanding.Invited))
            await grains.GetMemberships(to).Forget(group);
        await grains.GetUser(to).TakeMemberNotice(new MemberNotice(group, who, standing, role, at));
    }
}
