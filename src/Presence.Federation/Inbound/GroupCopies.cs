using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Sessions.Connections;

namespace Presence.Federation.Inbound;

/// <summary>
/// <c>SEND domain from=group by=author rcpt=local,local</c>: one message of a group of another domain, for its members here.
/// </summary>
internal sealed class GroupCopies(IGrainFactory grains)
{
    private const int MaxRecipients = 1000;

    public async Task<Reply> Spread(PeerAsker asker, InstantMessage message, string? by, string recipients)
    {
        if (!Address.TryParseCanonical(by, out var author, out _))
            return Reply.From(Refusal.BadParameter("by"));
        if (message.Id.Length == 0)
            return Reply.From(Refusal.BadParameter("mid"));
        var locals = recipients.Split(',');
        if (locals.Length > MaxRecipients)
            return Reply.From(Refusal.TooMany);
        var copy = message with { From = author, Place = new Place(asker.From) };
        await Task.WhenAll(locals.Select(local => Deliver(asker, copy, local)));
        return new Reply(202, "accepted");
    }

    /// <summary>Only what somebody has joined reaches him this way: else a group would be a way around his rules.</summary>
    private async Task Deliver(PeerAsker asker, InstantMessage message, string local)
    {
        if (!Address.TryCombine(local, asker.Pair.Local, out var member, out _) || member.Local != local)
            return;
        if ((await grains.GetMemberships(member).List()).Groups.Contains(asker.From))
            await grains.GetUser(member).ReceiveFromGroup(message);
    }
}
