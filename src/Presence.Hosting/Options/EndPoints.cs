using System.Net;

namespace Presence.Hosting.Options;

/// <summary>Reads where to listen.</summary>
public static class EndPoints
{
    /// <summary>
    /// True with an end point for <c>address:port</c>, true with null for <c>off</c>, else false. The port must be
    /// told; a host name is refused, for it may mean several addresses and change.
    /// </summary>
    public static bool TryParse(string value, out IPEndPoint? end)
    {
        end = null;
        return value.Equals("off", StringComparison.OrdinalIgnoreCase)
            || (HasPort(value) && IPEndPoint.TryParse(value, out end));
    }

    /// <summary>For values that have passed <see cref="OptionRules.AnyEndPoint"/>.</summary>
    public static IPEndPoint? Parse(string value) =>
        TryParse(value, out var end) ? end : throw new FormatException($"'{value}' is no IP address with a port.");

    // IPEndPoint.TryParse takes a bare address, and an IPv6 address without brackets, as one with port 0.
    private static bool HasPort(string value)
    {
        var colon = value.LastIndexOf(':');
        return colon > 0 && (value[colon - 1] == ']' || value.IndexOf(':', StringComparison.Ordinal) == colon);
    }
}
