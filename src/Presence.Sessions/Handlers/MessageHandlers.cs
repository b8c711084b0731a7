using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Messages;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

internal sealed class SendHandler(IGrainFactory grains, HostedDomains domains, Interests interests) : IVerbHandler
{
    public string Verb => "SEND";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => SendCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (send, refusal) = SendCommand.Read(request, session.User);
        refusal ??= domains.Refuse(send.Place);
        if (refusal is not null)
            return Reply.From(refusal);
        var now = session.Now;
        var message = new InstantMessage(
            session.User, send.Id, send.Type, send.Body, send.Language, send.Subject, send.InReplyTo, send.Wants,
            send.IsAutomatic, now, now + send.Life) { Class = send.Class };
        var answer = send.Interest is { } name
            ? await interests.Send(message with { Place = send.Place, Wants = ReceiptWishes.None }, send.To.Domain, name)
            : await grains.GetUser(send.To).Receive(message);
        return answer.Refusal is { } refused ? Reply.From(refused) : new Reply(202, "accepted");
    }
}

internal sealed class ReceiptHandler(IGrainFactory grains) : IVerbHandler
{
    public string Verb => "RECEIPT";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => ReceiptCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (receipt, refusal) = ReceiptCommand.Read(request, session.User);
        if (refusal is not null)
            return Reply.From(refusal);
        var refused = await grains.GetUser(session.User)
            .ReportDisplayed(new MessageKey(receipt.To, receipt.MessageId), receipt.Disposition);
        return refused is null ? new Reply(202, "accepted") : Reply.From(refused);
    }
}
