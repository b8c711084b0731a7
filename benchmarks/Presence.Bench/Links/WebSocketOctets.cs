using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Presence.Bench.Links;

/// <summary>The same over a WebSocket: what is sent at once is one message.</summary>
/// <param name="broke">Told once, if the other side ends it.</param>
internal sealed class WebSocketOctets(IOctets.Taken taken, Action<string> broke) : IOctets
{
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly UnreadOctets _unread = new(taken);
    private volatile bool _isClosed;

    public async Task Connect(EndPoint server)
    {
        _socket.Options.AddSubProtocol("pip.1");
        await _socket.ConnectAsync(new Uri($"ws://{server}/pip"), CancellationToken.None);
        _ = Write();
        _ = Read();
    }

    /// <summary>Returns at once: who sends may be the thread that reads all sockets.</summary>
    public void Send(ReadOnlySpan<byte> octets) => _outgoing.Writer.TryWrite(octets.ToArray());

    public void Dispose()
    {
        _isClosed = true;
        _outgoing.Writer.TryComplete();
        _socket.Dispose();
    }

    private async Task Write()
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync())
                await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            Break(exception.Message);
        }
    }

    private async Task Read()
    {
        try
        {
            while (!_isClosed)
            {
                // Tells whether there is more: what came together is taken, and so acknowledged, together.
                var more = _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (!more.IsCompleted)
                    _unread.Take();
                if ((await more).MessageType == WebSocketMessageType.Close)
                {
                    _unread.Take();
                    Break("the server closed");
                    return;
                }

                _unread.Add((await _socket.ReceiveAsync(_unread.Room, CancellationToken.None)).Count);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            Break(exception.Message);
        }
    }

    private void Break(string why)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        broke(why);
    }
}
