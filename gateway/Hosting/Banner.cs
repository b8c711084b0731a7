using System.Net;
using Presence.Gateway.Options;

namespace Presence.Gateway.Hosting;

/// <summary>What stdout says once the node is ready: at most ten lines, the last a first thing to type.</summary>
internal static class Banner
{
    public static void Write(TextWriter output, Settings settings, Listeners listeners, DataFolder data)
    {
        output.WriteLine($"{Engine.Product} on {Engine.Name}");
        output.WriteLine($"domain    {string.Join(", ", settings.Domains.All)}");
        WriteListener(output, "pip", listeners.Pip?.IPEndPoint, "clear text, this machine only");
        WriteListener(output, "pips", listeners.Pips?.IPEndPoint, "TLS, ALPN pip/1");
        if (EndPoints.Parse(settings.Listeners.Udp) is { Port: not 0 } udp)
            WriteListener(output, "udp", udp, "sealed datagrams");
        var pages = settings.Listeners.Console ? "/console, " : "";
        WriteListener(output, "http", listeners.Http?.IPEndPoint, $"{pages}/pip as WebSocket, /healthz, /admin");
        WriteListener(output, "grpc", listeners.Grpc?.IPEndPoint, "presence.v1");
        WriteListener(output, "peers", listeners.Peers?.IPEndPoint, "other domains, TLS");
        output.WriteLine($"data      {data.FullPath}");
        output.WriteLine($"ready     try: ./presence user add alice@{settings.Domains.All[0]}");
        output.Flush();
    }

    private static void WriteListener(TextWriter output, string name, IPEndPoint? end, string remark)
    {
        if (end is not null)
            output.WriteLine($"{name,-8}  {end} ({remark})");
    }
}
