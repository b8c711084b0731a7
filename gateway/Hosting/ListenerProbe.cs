using System.Net;
using System.Net.Sockets;
using Presence.Gateway.Options;

namespace Presence.Gateway.Hosting;

/// <summary>
/// Tries every configured port before anything starts, so that a port in use is told with its key, in one line.
/// </summary>
internal static class ListenerProbe
{
    /// <exception cref="StartRefusedException">A port cannot be listened on, or is configured twice.</exception>
    public static void Check(Settings settings)
    {
        var taken = new Dictionary<IPEndPoint, string>();
        foreach (var (key, end) in EndPointsOf(settings))
        {
            if (end.Port == 0)
                continue;
            if (!taken.TryAdd(end, key))
                throw StartRefusedException.About(key, end.ToString(), $"{taken[end]} has the same address and port");
            Try(key, end, SocketType.Stream);
        }

        if (EndPoints.Parse(settings.Listeners.Udp) is { Port: not 0 } udp)
            Try(ListenerKeyNames.Udp, udp, SocketType.Dgram);
    }

    private static IEnumerable<(string Key, IPEndPoint End)> EndPointsOf(Settings settings)
    {
        (string Key, IPEndPoint? End)[] all =
        [
            (ListenerKeyNames.Pip, EndPoints.Parse(settings.Listeners.Pip)),
            (ListenerKeyNames.Pips, EndPoints.Parse(settings.Listeners.Pips)),
            (ListenerKeyNames.Http, EndPoints.Parse(settings.Listeners.Http)),
            (ListenerKeyNames.Grpc, EndPoints.Parse(settings.Listeners.Grpc)),
            (ListenerKeyNames.Peers, EndPoints.Parse(settings.Listeners.Peers)),
            ($"{SiloOptions.Section}:Port", new(IPAddress.Parse(settings.Silo.Address), settings.Silo.Port)),
            ($"{SiloOptions.Section}:GatewayPort", new(IPAddress.Parse(settings.Silo.Address), settings.Silo.GatewayPort)),
        ];
        return all.Where(one => one.End is not null).Select(one => (one.Key, one.End!));
    }

    private static void Try(string key, IPEndPoint end, SocketType type)
    {
        try
        {
            using var socket = new Socket(
                end.AddressFamily, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
            socket.Bind(end);
            if (type == SocketType.Stream)
                socket.Listen();
        }
        catch (SocketException cause)
        {
            throw StartRefusedException.About(key, end.ToString(), Why(cause));
        }
    }

    private static string Why(SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "the port is in use",
        SocketError.AccessDenied => "this user may not listen on that port",
        SocketError.AddressNotAvailable => "this machine does not have that address",
        _ => cause.Message,
    };
}
