using System.Globalization;
using System.Net;

namespace Presence.Cli.Options;

/// <summary>A server to connect to, also if what was given is the address on which it listens.</summary>
/// <param name="Host">Name or IP address without brackets.</param>
/// <param name="Port">1–65 535.</param>
internal readonly record struct ServerAddress(string Host, int Port)
{
    public const int ClearTextPort = 7749;
    public const int TlsPort = 7750;
    private const string Loopback = "127.0.0.1";

    public bool IsLoopback => Host is "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Clear text exists on loopback only, and there 7750 is the port of TLS.</summary>
    public bool UsesTlsByDefault => !IsLoopback || Port == TlsPort;

    /// <summary>
    /// Reads <c>host:port</c>, <c>[ipv6]:port</c>, or either without port. A listener on all addresses stands for
    /// loopback.
    /// </summary>
    /// <param name="text">What was typed or configured.</param>
    /// <param name="port">The port if none is given; null means the usual one for such a host.</param>
    public static bool TryParse(string text, int? port, out ServerAddress address)
    {
        address = default;
        var (host, digits) = Split(text);
        if (host.Length == 0 || host.AsSpan().ContainsAny(" /@[]"))
            return false;

        host = host is "0.0.0.0" or "*" or "+" or "::" ? Loopback : host;
        if (digits is null)
        {
            var usual = new ServerAddress(host, TlsPort).IsLoopback ? ClearTextPort : TlsPort;
            address = new ServerAddress(host, port ?? usual);
            return true;
        }

        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is 0 or > 65535)
            return false;

        address = new ServerAddress(host, number);
        return true;
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']') is > 0 and var close)
        {
            var rest = text[(close + 1)..];
            var host = text[1..close];
            return rest.Length == 0 ? (host, null) : rest[0] == ':' ? (host, rest[1..]) : ("", null);
        }

        var colon = text.LastIndexOf(':');
        return colon < 0 || text.IndexOf(':') != colon ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
