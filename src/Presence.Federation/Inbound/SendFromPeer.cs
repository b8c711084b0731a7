using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Forwarding;
using Presence.Sessions.Handlers;

namespace Presence.Federation.Inbound;

/// <summary>SEND to one of ours, or to an interest node; or, with <c>rcpt=</c>, a message of a group of theirs to several of its members here.</summary>
internal sealed class SendFromPeer(GroupCopies copies, ForwardWalk walk, Interests interests, PresenceClock clock) : IPeerVerb
{
    public string Verb => "SEND";

    public string[] Fields { get; } = [.. SendCommand.Fields, "from", "by", "rcpt", "via", "hops", "t"];

    public async ValueTask<Reply> Handle(PeerAsker asker, Frame frame)
    {
        var recipients = frame.Parameters["rcpt"];
        var (send, refusal) = SendCommand.Read(frame, asker.From);
        if (recipients is null && refusal is not null)
            return Reply.From(refusal);
        if (!PeerWay.TryRead(frame, out var via, out var hops))
            return Reply.From(Refusal.BadParameter("via"));
        var now = clock.Now;
        var message = new InstantMessage(
            asker.From, send.Id, send.Type, send.Body, send.Language, send.Subject, send.InReplyTo, send.Wants,
            send.IsAutomatic, WireTime.TryParse(frame.Parameters["t"] ?? "", out var at) ? at : now, now + send.Life)
        {
            Class = send.Class,
            IsForBest = send.IsForBest,
            TakesRedirect = send.TakesRedirect,
            Via = via,
            Hops = hops,
            HasOwnLife = send.HasOwnLife,
        };
        if (recipients is not null)
            return await copies.Spread(asker, message, frame.Parameters["by"], recipients);
        return SendReply.From(send.Interest is { } name
            ? await ToInterest(message, asker.Pair.Local, name)
            : await walk.Send(message, send.To[0]));
    }

    /// <summary>As from a user of ours: the sender learns nothing of those who listen.</summary>
    private Task<SendAnswer> ToInterest(InstantMessage message, Domain local, ClassPattern name) => interests.Send(
        message with { Place = InterestNode.Of(local, name), Wants = ReceiptWishes.None }, local, name);
}
