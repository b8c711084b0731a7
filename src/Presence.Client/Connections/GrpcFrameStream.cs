using System.Buffers;
using Grpc.Core;
using Grpc.Net.Client;
using Presence.Protocol.Framing;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Client.Connections;

/// <summary>
/// A Session stream of gRPC as a stream of frames: those that are written become messages, and the messages that come
/// become frames. One reader and one writer.
/// </summary>
/// <param name="channel">For this stream alone, which disposes of it.</param>
internal sealed class GrpcFrameStream(GrpcChannel channel) : Stream
{
    // This side's own frames: their limits are the server's, and kept by those who make them.
    private static readonly FrameLimits Limits = new(64 * 1024, 64 << 20);

    private readonly AsyncDuplexStreamingCall<ClientFrame, ServerFrame> _call =
        new V1.Presence.PresenceClient(channel).Session(new CallOptions());

    private readonly FrameReader _written = new(Limits);
    private ReadOnlyMemory<byte> _received;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Completes when the server has answered at all.</summary>
    /// <exception cref="RpcException">It has not.</exception>
    public async Task Begin(CancellationToken cancellation) => await _call.ResponseHeadersAsync.WaitAsync(cancellation);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_received.IsEmpty)
            _received = await Receive(cancellationToken);
        var count = Math.Min(buffer.Length, _received.Length);
        _received[..count].CopyTo(buffer);
        _received = _received[count..];
        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var rest = new ReadOnlySequence<byte>(buffer);
        while (!rest.IsEmpty)
        {
            var read = _written.Read(ref rest);
            if (read.Status == ReadStatus.EmptyLine)
                continue;

            var frame = read.Frame is { Kind: FrameKind.Request or FrameKind.Acknowledgement } whole
                ? whole
                : throw new IOException("gRPC has no message for what is no frame of a client.");
            await Send(ClientFrames.Of(frame), cancellationToken);
        }
    }

    public override void Flush()
    {
        // Each message is sent at once.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _call.Dispose();
            channel.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task Send(ClientFrame frame, CancellationToken cancellation)
    {
        try
        {
            await _call.RequestStream.WriteAsync(frame, cancellation);
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException)
        {
            throw new IOException("The call is over.", ended);
        }
    }

    /// <summary>Nothing at the end: a server that goes away says why by a frame, before the status that repeats it.</summary>
    private async Task<ReadOnlyMemory<byte>> Receive(CancellationToken cancellation)
    {
        try
        {
            return await _call.ResponseStream.MoveNext(cancellation) ? ServerFrames.Write(_call.ResponseStream.Current) : default;
        }
        catch (RpcException exception)
        {
            throw new IOException(exception.Status.Detail, exception);
        }
        catch (ArgumentException exception)
        {
            throw new IOException("The server sent a message that is no frame.", exception);
        }
    }
}
