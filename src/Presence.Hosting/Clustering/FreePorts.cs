using System.Net;
using System.Net.Sockets;

namespace Presence.Hosting.Clustering;

/// <summary>Finds ports for the silo, for Orleans takes numbers only and does not tell one that it found.</summary>
public static class FreePorts
{
    /// <summary>
    /// Gives each 0 a port of its own that is free on loopback. Somebody else could take it before the silo does; the
    /// kernel hands such ports out in turn, so that is rare, and the start then fails with a clear error.
    /// </summary>
    public static int[] Fill(params ReadOnlySpan<int> wanted)
    {
        // All sockets stay open until the end, or the same port could be found twice.
        var sockets = new List<Socket>();
        try
        {
            var ports = new int[wanted.Length];
            for (var at = 0; at < wanted.Length; at++)
                ports[at] = wanted[at] == 0 ? Find(sockets) : wanted[at];
            return ports;
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static int Find(List<Socket> sockets)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        sockets.Add(socket);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
