using System.Net;
using Presence.Bench.Links;
using Presence.Testing.Node;

namespace Presence.Bench.Node;

/// <summary>A node that is started for one run: free ports, and unless it is to keep them no limits for single users.</summary>
internal static class StartedNode
{
    private const string Anywhere = "127.0.0.1:0";

    private static readonly string[] Listeners =
    [
        "Presence:Listeners:Pip=127.0.0.1:0", "Presence:Listeners:Http=127.0.0.1:0", "Presence:Listeners:Udp=off", "Presence:Accounts:Iterations=4096",
    ];

    private static readonly string[] NoLimits =
    [
        "Presence:Grains:PublishInterval=00:00:00", "Presence:Grains:PublishRate=1000000",
        "Presence:Grains:PublishBurst=1000000", "Presence:Sessions:InFlight=4096", "Presence:Sessions:Events=65536",
        "Presence:Sessions:MaxQueuedOctets=67108864", "Presence:Sessions:Idle=01:00:00",
        "Presence:Sessions:AuthTime=00:10:00", "Presence:Sessions:RequestsPerSecond=1000000",
        "Presence:Sessions:RequestBurst=1000000", "Presence:Tls:HandshakesPerSecond=100000",
        "Presence:Tls:HandshakeBurst=100000",
    ];

    /// <param name="assembly">Path of Presence.Gateway.dll.</param>
    /// <param name="core">Core to pin it to; null for any.</param>
    /// <param name="keepsLimits">True to leave the limits for single users as they are in the field.</param>
    /// <param name="way">How it is to be reached: over TLS with the certificate that a node makes for itself.</param>
    /// <exception cref="IOException">It does not start.</exception>
    public static Task<NodeProcess> Start(string assembly, int? core, bool keepsLimits, Way way) => NodeProcess.Start(
        assembly,
        [
            .. Listeners, $"Presence:Listeners:Pips={(way == Way.Tls ? Anywhere : "off")}",
            $"Presence:Listeners:Grpc={(way == Way.Grpc ? Anywhere : "off")}",
            .. keepsLimits ? [] : NoLimits,
        ],
        core);

    /// <summary>Where users of this kind find it.</summary>
    public static EndPoint Door(NodeProcess node, Way way) => way switch
    {
        Way.Tls => node.Pips,
        Way.WebSocket => node.Http,
        Way.Grpc => node.Grpc,
        _ => node.Pip,
    };
}
