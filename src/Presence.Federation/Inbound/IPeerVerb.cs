using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Federation.Inbound;

/// <summary>A verb that means something else between domains than between client and server.</summary>
internal interface IPeerVerb
{
    string Verb { get; }

    /// <summary>Parameters that it understands; another one marked critical is refused with 420.</summary>
    string[] Fields { get; }

    /// <summary>Answers one request, whose <c>from</c> and target were checked.</summary>
    ValueTask<Reply> Handle(PeerAsker asker, Frame frame);
}
