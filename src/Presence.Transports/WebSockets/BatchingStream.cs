using System.Buffers;

namespace Presence.Transports.WebSockets;

/// <summary>
/// The octets under a WebSocket, which flushes each message. Here one may wait for the next, so that messages which are due
/// together leave in one piece: it saves a write to the socket for each (<c>bench fanout --ws</c>). The WebSocket sees to it
/// that one writes at a time.
/// </summary>
internal sealed class BatchingStream(Stream inner) : Stream
{
    /// <summary>Octets that are held back at most: 16 KiB.</summary>
    private const int MaxHeld = 16 * 1024;

    private byte[]? _held;
    private int _length;
    private volatile bool _moreFollows;

    /// <summary>True while the next message is sent for certain: until then nothing need leave.</summary>
    public bool MoreFollows
    {
        get => _moreFollows;
        set => _moreFollows = value;
    }

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_length + buffer.Length > MaxHeld)
            await Release(cancellationToken);
        if (buffer.Length > MaxHeld || (_length == 0 && !_moreFollows))
        {
            await inner.WriteAsync(buffer, cancellationToken);
            return;
        }

        _held ??= ArrayPool<byte>.Shared.Rent(MaxHeld);
        buffer.CopyTo(_held.AsMemory(_length));
        _length += buffer.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        _moreFollows ? Task.CompletedTask : FlushAll(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private async Task FlushAll(CancellationToken cancel)
    {
        await Release(cancel);
        await inner.FlushAsync(cancel);
    }

    private async ValueTask Release(CancellationToken cancel)
    {
        if (_held is not { } held)
            return;
        await inner.WriteAsync(held.AsMemory(0, _length), cancel);
        _held = null;
        _length = 0;
        ArrayPool<byte>.Shared.Return(held);
    }
}
