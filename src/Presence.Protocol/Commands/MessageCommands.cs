using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary><c>RECEIPT tag address mid= disp=displayed</c></summary>
public sealed record ReceiptCommand(Address To, string MessageId, Disposition Disposition)
{
    public static readonly string[] Fields = ["mid", "disp"];

    public static (ReceiptCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var to = fields.TargetNode(self);
        var id = fields.RequiredToken("mid");
        if (!DispositionWords.TryParse(fields.Required("disp"), out var disposition))
            fields.Refuse(Refusal.BadParameter("disp"));
        return (new ReceiptCommand(to, id, disposition), fields.Refusal);
    }
}
