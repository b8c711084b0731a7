using System.Globalization;
using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Sessions.Connections;

namespace Presence.Federation.Inbound;

/// <summary>
/// <c>SEND domain from=group by=author rcpt=local,local</c>, or <c>rcpt=@epoch</c> for those whom ROSTER has named: one
/// message of a group of another domain, for its members here.
/// </summary>
internal sealed class GroupCopies(IGrainFactory grains)
{
    private const int MaxRecipients = 1000;

    /// <summary>Members whose grains are called at the same time.</summary>
    private const int AtOnce = 256;

    public async Task<Reply> Spread(PeerAsker asker, InstantMessage message, string? by, string recipients)
    {
        if (!Address.TryParseCanonical(by, out var author, out _))
            return Reply.From(Refusal.BadParameter("by"));
        if (message.Id.Length == 0)
            return Reply.From(Refusal.BadParameter("mid"));
        var copy = message with { From = author, Place = new Place(asker.From) };
        if (recipients.StartsWith('@'))
            return await SpreadToRoster(asker, copy, recipients[1..]);
        var locals = recipients.Split(',');
        if (locals.Length > MaxRecipients)
            return Reply.From(Refusal.TooMany);
        var members = new List<Address>();
        foreach (var local in locals)
        {
            if (Address.TryCombine(local, asker.Pair.Local, out var member, out _) && member.Local == local)
                members.Add(member);
        }

        return await Deliver(asker, copy, members);
    }

    private async Task<Reply> SpreadToRoster(PeerAsker asker, InstantMessage copy, string named)
    {
        if (!long.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
            return Reply.From(Refusal.BadParameter("rcpt"));
        var roster = await grains.GetRoster(asker.Pair.Local, asker.From).Read();
        return roster.Epoch == epoch && epoch > 0
            ? await Deliver(asker, copy, roster.Members.Where(member => !member.Equals(copy.From)))
            : RosterFromPeer.Mismatch(roster.Epoch);
    }

    private async Task<Reply> Deliver(PeerAsker asker, InstantMessage message, IEnumerable<Address> members)
    {
        foreach (var some in members.Chunk(AtOnce))
            await Task.WhenAll(some.Select(member => Deliver(asker, message, member)));
        return new Reply(202, "accepted");
    }

    /// <summary>Only what somebody has joined reaches him this way: else a group would be a way around his rules.</summary>
    private async Task Deliver(PeerAsker asker, InstantMessage message, Address member)
    {
        if ((await grains.GetMemberships(member).List()).Groups.Contains(asker.From))
            await grains.GetUser(member).ReceiveFromGroup(message);
    }
}
