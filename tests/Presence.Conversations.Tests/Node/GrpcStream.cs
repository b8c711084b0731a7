using System.Buffers;
using Grpc.Core;
using Grpc.Net.Client;
using Presence.Protocol.Framing;
using Presence.V1;
using Presence.V1.Typed;
using Frame = Presence.Protocol.Framing.Frame;

namespace Presence.Conversations.Tests.Node;

/// <summary>
/// A session over gRPC that a story can be told to: frames that are written become messages of the Session stream, and the
/// messages that come back become frames.
/// </summary>
internal sealed class GrpcStream : PassingStream
{
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<ClientFrame, ServerFrame> _call;
    private readonly FrameReader _frames = new(new FrameLimits(65_536, 1_048_576));
    private byte[] _toSend = [];
    private ReadOnlyMemory<byte> _received;

    public GrpcStream(int port)
        : base(Null)
    {
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        _call = new V1.Presence.PresenceClient(_channel).Session(new CallOptions());
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _toSend = [.. _toSend, .. buffer.Span];
        while (Next() is { } frame)
        {
            try
            {
                await _call.RequestStream.WriteAsync(ClientFrames.Of(frame), cancellationToken);
            }
            catch (Exception over) when (over is RpcException or InvalidOperationException)
            {
                throw new IOException("The call is over.", over);
            }
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_received.IsEmpty)
            _received = await Receive(cancellationToken);
        var count = Math.Min(buffer.Length, _received.Length);
        _received[..count].CopyTo(buffer);
        _received = _received[count..];
        return count;
    }

    public override ValueTask DisposeAsync()
    {
        _call.Dispose();
        _channel.Dispose();
        return base.DisposeAsync();
    }

    private async Task<ReadOnlyMemory<byte>> Receive(CancellationToken cancel)
    {
        try
        {
            return await _call.ResponseStream.MoveNext(cancel) ? ServerFrames.Write(_call.ResponseStream.Current) : default;
        }
        catch (RpcException)
        {
            // Whoever is tired of waiting must not take it for the end of the connection.
            cancel.ThrowIfCancellationRequested();

            // The status repeats the last word, which came as a frame.
            return default;
        }
    }

    private Frame? Next()
    {
        var rest = new ReadOnlySequence<byte>(_toSend);
        var result = _frames.Read(ref rest);
        _toSend = rest.ToArray();
        return result.Status switch
        {
            ReadStatus.Frame => result.Frame,
            ReadStatus.Incomplete => null,
            _ => throw new InvalidOperationException("What is no frame cannot be sent over gRPC."),
        };
    }
}
