using System.Globalization;
using Presence.Transports.Tls;
using Presence.Transports.Udp;
using Presence.Transports.WebSockets;

namespace Presence.Gateway.Options;

/// <summary>Keys of WebSocket and UDP.</summary>
internal static class TransportOptionKeys
{
    private static readonly WebSocketSettings WebSocket = new();
    private static readonly DatagramSettings Datagrams = new();
    private static readonly HandshakeSettings Handshakes = new();

    public static readonly OptionKey[] All =
    [
        new($"{WebSocketSettings.Section}:{nameof(WebSocket.Origins)}:#", "", OptionRules.Text,
            "Origins whose pages may connect, as https://chat.a.example. None: all may."),
        new($"{WebSocketSettings.Section}:{nameof(WebSocket.Urls)}:#", "", OptionRules.Text,
            "What /.well-known/pip tells. None: the address that was asked."),
        new($"{WebSocketSettings.Section}:{nameof(WebSocket.Ping)}", WebSocket.Ping.ToString("c"),
            OptionRules.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), "Time between WebSocket pings."),
        new($"{DatagramSettings.Section}:{nameof(Datagrams.MaxKeys)}", Plain(Datagrams.MaxKeys),
            OptionRules.Whole(1, 1_000_000), "Keys that this node holds at a time."),
        new($"{DatagramSettings.Section}:{nameof(Datagrams.MaxKeyLife)}", Datagrams.MaxKeyLife.ToString("c"),
            OptionRules.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)), "Longest life of a key."),
        new($"{DatagramSettings.Section}:{nameof(Datagrams.Readers)}", Plain(Datagrams.Readers),
            OptionRules.Whole(1, 64), "Tasks that read the UDP socket."),
        new($"{HandshakeSettings.Section}:{nameof(Handshakes.Only13)}", "false", OptionRules.Flag, "Refuses TLS 1.2."),
        new($"{HandshakeSettings.Section}:{nameof(Handshakes.HandshakesPerSecond)}",
            Plain(Handshakes.HandshakesPerSecond), OptionRules.Whole(1, 100_000),
            "TLS handshakes a second of one address for long."),
        new($"{HandshakeSettings.Section}:{nameof(Handshakes.HandshakeBurst)}", Plain(Handshakes.HandshakeBurst),
            OptionRules.Whole(1, 1_000_000), "TLS handshakes of one address after a pause."),
    ];

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
