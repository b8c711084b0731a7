using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

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
