using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Federation.Inbound;

/// <summary>UNSUB: the watcher's own home knows his ids; here any is taken, as often as it comes.</summary>
internal sealed class UnsubscribeFromPeer(IGrainFactory grains) : IPeerVerb
{
    public string Verb => "UNSUB";

    public string[] Fields { get; } = ["from", "at"];

    public async ValueTask<Reply> Handle(PeerAsker asker, Frame frame)
    {
        if (frame.Target is not { } id)
            return Reply.From(Refusal.BadRequest);
        if (Place.TryParseCanonical(frame.Parameters["at"], out var place, out _)
            && place.Address is { IsDomain: false } node && asker.Session.Serves(asker.Pair with { Local = node.Domain }))
            await grains.GetUser(node).Unsubscribe(asker.From, id);
        return Reply.Ok;
    }
}
