using System.Globalization;
using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Federation.Inbound;

/// <summary>RECEIPT for one of ours who has written to somebody there.</summary>
internal sealed class ReceiptFromPeer(IGrainFactory grains, PresenceClock clock) : IPeerVerb
{
    public string Verb => "RECEIPT";

    public string[] Fields { get; } = ["mid", "disp", "code", "from"];

    public async ValueTask<Reply> Handle(PeerAsker asker, Frame frame)
    {
        if (frame.Parameters["mid"] is not { Length: > 0 and <= 64 } id)
            return Reply.From(Refusal.BadParameter("mid"));
        if (!DispositionWords.TryParse(frame.Parameters["disp"] ?? "", out var disposition))
            return Reply.From(Refusal.BadParameter("disp"));
        var code = int.TryParse(frame.Parameters["code"], NumberStyles.None, CultureInfo.InvariantCulture, out var told)
            && told is >= 100 and <= 599 ? told : 0;
        var to = Place.Parse(frame.Target!).Address!.Value;
        if (await grains.GetPeerDomain(asker.Pair).Confirm(to, asker.From, id))
            await grains.GetUser(to).TakeReceipt(new Receipt(asker.From, id, disposition, clock.Now, code));
        return new Reply(202, "accepted");
    }
}
