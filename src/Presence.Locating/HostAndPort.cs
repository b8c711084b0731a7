using System.Globalization;

namespace Presence.Locating;

/// <summary>A host name or IP address, and a TCP port.</summary>
public readonly record struct HostAndPort(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>; an IPv6 address stands in brackets.</summary>
    public static bool TryParse(string? text, out HostAndPort parsed)
    {
        parsed = default;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !TryParsePort(text.AsSpan(colon + 1), out var port))
            return false;
        var host = text![..colon];
        var isBracketed = host is ['[', .., ']'];
        if (!isBracketed && host.Contains(':', StringComparison.Ordinal))
            return false;
        parsed = new HostAndPort(isBracketed ? host[1..^1] : host, port);
        return parsed.Host.Length > 0;
    }

    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65_535;
}
