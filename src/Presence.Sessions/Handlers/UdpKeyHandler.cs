using System.Buffers.Text;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Handlers;

/// <summary>UDPKEY: a key for sealed datagrams. Under TLS, or on this machine, for the key itself goes over the wire.</summary>
internal sealed class UdpKeyHandler(IDatagramKeys keys) : IVerbHandler
{
    public string Verb => "UDPKEY";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => UdpKeyCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        if (session.Transport is { Tls: null, IsLoopback: false })
            return new Reply(426, "tls-required");
        var (wanted, refusal) = UdpKeyCommand.Read(request);
        if (refusal is not null)
            return Reply.From(refusal);
        if (wanted.Expires < DatagramGrant.MinLife)
            return new Reply(423, "interval-too-brief").With("min", (long)DatagramGrant.MinLife.TotalSeconds);

        var (key, refused) = await keys.Mint(new DatagramGrant(
            session.User, session.Domain, wanted.Endpoint, wanted.Path, wanted.Expires, session.Transport.Remote));
        if (key is null)
            return refused!;
        return Reply.Ok
            .With("uid", key.Name)
            .With("key", Base64Url.EncodeToString(key.Octets.Span))
            .With("alg", key.Algorithm)
            .With("port", key.Port)
            .With("expires", (long)key.Life.TotalSeconds);
    }
}
