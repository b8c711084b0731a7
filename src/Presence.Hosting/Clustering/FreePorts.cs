using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Presence.Hosting.Clustering;

/// <summary>Finds ports for the silo, for Orleans takes numbers only and does not tell one that it found.</summary>
public static class FreePorts
{
    private const int First = 20_000;
    private const int Last = 29_999;
    private const int Tries = 100;

    /// <summary>
    /// Gives each 0 a port of its own that is free on loopback, 20 000–29 999. It is a second until the silo takes it, and systems give
    /// ports above that range to whoever connects meanwhile: a node that came back had lost its port to one of its own clients. Another
    /// node that starts in the same second can still draw the same; the start then fails with a clear error.
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

    /// <exception cref="SocketException">None of those tried is free.</exception>
    private static int Find(List<Socket> sockets)
    {
        for (var left = Tries; ; left--)
        {
            // Exclusive, or a port that a socket of ours holds would look free.
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };
            sockets.Add(socket);
            var port = RandomNumberGenerator.GetInt32(First, Last + 1);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse && left > 1)
            {
                // The next may be free.
            }
        }
    }
}
