using Grpc.Core;
using Grpc.Net.Client;
using Presence.Conformance.Run;
using Presence.V1;

namespace Presence.Conformance.Grpc;

/// <summary>
/// The Session stream of gRPC as a stream of frames: what checks write becomes typed messages, and the other way round.
/// Octets that no message can stand for make a check not applicable.
/// </summary>
internal sealed class GrpcOctets : Stream
{
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<ClientFrame, ServerFrame> _call;
    private readonly FrameSplitter _written = new();
    private byte[] _read = [];

    private GrpcOctets(GrpcChannel channel, CancellationToken cancel)
    {
        _channel = channel;
        _call = new V1.Presence.PresenceClient(channel).Session(cancellationToken: cancel);
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

    /// <param name="url">http: for HTTP/2 in clear text, https: for TLS.</param>
    /// <param name="handler">Makes the connections; disposed with the stream.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <exception cref="IOException">Nobody answers.</exception>
    public static async Task<GrpcOctets> Open(Uri url, HttpMessageHandler handler, CancellationToken cancel)
    {
        var channel = GrpcChannel.ForAddress(url, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        var octets = new GrpcOctets(channel, cancel);
        try
        {
            await octets._call.ResponseHeadersAsync;
            return octets;
        }
        catch (RpcException exception)
        {
            await octets.DisposeAsync();
            throw new IOException(exception.Status.Detail, exception);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_read.Length == 0 && await Next(cancellationToken) is { } frame)
            _read = FrameText.Of(frame);
        var count = Math.Min(buffer.Length, _read.Length);
        _read.AsMemory(0, count).CopyTo(buffer);
        _read = _read[count..];
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        foreach (var (line, body) in _written.Take(buffer.Span))
        {
            var frame = RequestReader.Read(line, body)
                ?? throw new NotApplicableException($"octets that gRPC has no message for: {line}");
            try
            {
                await _call.RequestStream.WriteAsync(frame, cancellationToken);
            }
            catch (Exception ended) when (ended is RpcException or InvalidOperationException)
            {
                throw new IOException("The call has ended.", ended);
            }
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
            _channel.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Null at the end, whatever its status is: why it ended has been told by a response with tag 0.</summary>
    private async Task<ServerFrame?> Next(CancellationToken cancel)
    {
        try
        {
            return await _call.ResponseStream.MoveNext(cancel) ? _call.ResponseStream.Current : null;
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
