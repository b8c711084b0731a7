using System.Net;
using Presence.Client.Connections;

namespace Presence.Client.Peers;

/// <summary>How a conversation goes direct (docs/protocol/transports.md, "Peer-to-peer").</summary>
public sealed record PeerOptions
{
    /// <summary>
    /// Addresses of this machine at which the other side may connect, at most 8; it is told them. Null, the default, stands
    /// for those of its networks without loopback. A loopback address of the other side is dialled only if one is given here.
    /// </summary>
    public IReadOnlyList<IPAddress>? Addresses { get; init; }

    /// <summary>Whether an invitation by the partner of the conversation to go direct is accepted. Default true.</summary>
    public bool Accepts { get; init; } = true;

    /// <summary>How long both sides try to reach each other. Default 5 seconds.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How old the owner's access and block lists may be while they decide about a direct connection: one second or more,
    /// default 10. The home server is asked about ten questions each time.
    /// </summary>
    public TimeSpan RulesLife { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request waits for the other side; then the home servers are asked. Default 10 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Sees the frames of direct connections.</summary>
    public WireTrace? Trace { get; init; }
}
