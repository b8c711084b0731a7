using System.Net;
using System.Net.Sockets;

namespace Presence.Bench.Links;

/// <summary>A socket without TLS, whose octets are looked at where they arrive.</summary>
/// <param name="broke">Told once, if the other side ends it.</param>
/// <param name="accepted">A socket that is connected already; null to connect one.</param>
internal sealed class Octets(IOctets.Taken taken, Action<string> broke, Socket? accepted = null) : IOctets
{
    private readonly Socket _socket = accepted ?? new Socket(SocketType.Stream, ProtocolType.Tcp);
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly Lock _sending = new();
    private readonly UnreadOctets _unread = new(taken);
    private volatile bool _isClosed;

    public async Task Connect(EndPoint server)
    {
        await _socket.ConnectAsync(server);
        Start();
    }

    /// <summary>Begins to read.</summary>
    public void Start()
    {
        _socket.NoDelay = true;
        _receive.Completed += (_, _) => Continue();
        Receive();
    }

    public void Send(ReadOnlySpan<byte> octets)
    {
        lock (_sending)
        {
            while (!octets.IsEmpty)
                octets = octets[_socket.Send(octets)..];
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        _socket.Dispose();
        _receive.Dispose();
    }

    private void Receive()
    {
        do
        {
            _receive.SetBuffer(_unread.Room);
        }
        while (!_socket.ReceiveAsync(_receive) && Took());
    }

    private void Continue()
    {
        try
        {
            if (!_isClosed && Took())
                Receive();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            Break(exception.Message);
        }
    }

    private bool Took()
    {
        if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
        {
            Break($"the server closed ({_receive.SocketError})");
            return false;
        }

        _unread.Received(_receive.BytesTransferred);
        return !_isClosed;
    }

    private void Break(string why)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        broke(why);
    }
}
