using System.Net;
using System.Net.Sockets;

namespace Presence.Testing.Wire;

/// <summary>One address of a client as a stream: each write is one frame and one datagram, what comes is opened.</summary>
public sealed class SealedStream : Stream
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly SealedClient _client;
    private byte[] _rest = [];

    public SealedStream(SealedClient client, int port)
    {
        _client = client;
        _socket.Connect(IPAddress.Loopback, port);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await _socket.SendAsync(_client.Seal(buffer.ToArray()), cancellationToken);

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.Length == 0)
            _rest = _client.Open((await _socket.ReceiveAsync(cancellationToken)).Buffer);
        var length = Math.Min(buffer.Length, _rest.Length);
        _rest.AsSpan(0, length).CopyTo(buffer.Span);
        _rest = _rest[length..];
        return length;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _socket.Dispose();
        base.Dispose(disposing);
    }
}
