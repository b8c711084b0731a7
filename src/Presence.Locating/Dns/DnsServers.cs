using System.Net;

namespace Presence.Locating.Dns;

/// <summary>The resolvers to ask.</summary>
public static class DnsServers
{
    private const int Port = 53;
    private const int Most = 3;
    private const string SystemFile = "/etc/resolv.conf";

    /// <summary>
    /// The configured ones, else those of the system, read anew each time, for networks change. A machine whose file names
    /// none has one of its own (resolv.conf(5)).
    /// </summary>
    public static IReadOnlyList<IPEndPoint> Of(DnsOptions options) => options.Servers.Count > 0
        ? [.. options.Servers.Select(Parse).OfType<IPEndPoint>()]
        : OfSystem(File.Exists(SystemFile) ? File.ReadAllLines(SystemFile) : []);

    internal static IReadOnlyList<IPEndPoint> OfSystem(IEnumerable<string> lines)
    {
        var servers = (
            from line in lines
            let words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            where words.Length > 1 && words[0] == "nameserver"
            let server = Parse(words[1])
            where server is not null
            select server).Take(Most).ToArray();
        return servers.Length > 0 ? servers : [new IPEndPoint(IPAddress.Loopback, Port)];
    }

    /// <summary>Null for what is no address.</summary>
    public static IPEndPoint? Parse(string text)
    {
        if (IPAddress.TryParse(text, out var bare))
            return new IPEndPoint(bare, Port);
        return IPEndPoint.TryParse(text, out var end) && end.Port > 0 ? end : null;
    }
}
