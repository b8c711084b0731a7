using System.Net;
using System.Net.Sockets;

namespace Presence.Locating.Tests.Fakes;

/// <summary>A port on which nobody answers: its queue is full, so that further connections hear nothing at all.</summary>
internal sealed class SilentPort : IDisposable
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    public SilentPort(IPAddress address)
    {
        Address = address;
        _server.Bind(new IPEndPoint(address, 0));
        _server.Listen(0);
        for (var i = 0; i < 4; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _waiting.Add(socket);
            try
            {
                socket.Connect(address, Port);
            }
            catch (SocketException cause) when (cause.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Under way, which is all that is wanted.
            }
        }
    }

    public IPAddress Address { get; }

    public int Port => ((IPEndPoint)_server.LocalEndPoint!).Port;

    public void Dispose()
    {
        foreach (var socket in _waiting)
            socket.Dispose();
        _server.Dispose();
    }
}
