using System.Buffers;
using System.Threading.Channels;
using Presence.Protocol.Framing;

namespace Presence.Client.Connections;

/// <summary>
/// The only writer of a connection: numbers requests, queues frames and puts them on the stream one after another.
/// </summary>
/// <param name="trace">Told of each frame as it is queued.</param>
/// <param name="end">Called when the stream fails or the server does not read.</param>
internal sealed class OutgoingFrames(WireTrace? trace, Action<PipConnectionException> end)
{
    /// <summary>Frames that may wait for the socket; more means that the server does not read.</summary>
    private const int Capacity = 4096;

    private readonly Channel<ReadOnlyMemory<byte>> _queue =
        Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    // Held while a tag is taken and its frame queued, so that tags reach the wire in ascending order.
    private readonly Lock _lock = new();
    private long _lastTag;

    /// <summary>Queues a request under the next tag.</summary>
    /// <param name="build">Writes the request.</param>
    /// <param name="register">Learns the tag before the server can answer it; throws to hold the request back.</param>
    /// <param name="repeated">Tag of a request that is sent again; null for a new one.</param>
    public void Request(RequestBuilder build, Action<long> register, long? repeated = null)
    {
        lock (_lock)
        {
            var tag = repeated ?? ++_lastTag;
            var octets = Build(build, tag);
            register(tag);
            Enqueue(octets);
        }
    }

    /// <summary>Queues any other frame, or a request whose answer nobody awaits.</summary>
    /// <param name="build">Writes the frame.</param>
    /// <param name="number">Its tag or sequence number; null takes the next tag.</param>
    public void Post(RequestBuilder build, long? number = null)
    {
        lock (_lock)
            Enqueue(Build(build, number ?? ++_lastTag));
    }

    /// <summary>New requests are numbered above this tag, as in the session that is gone on with.</summary>
    public void ContinueAbove(long tag)
    {
        lock (_lock)
            _lastTag = tag;
    }

    public void Raw(ReadOnlyMemory<byte> octets)
    {
        lock (_lock)
        {
            _lastTag = Math.Max(_lastTag, TypedTag.In(octets.Span));
            Enqueue(octets);
        }
    }

    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Runs until completion, cancellation or failure, and never throws.</summary>
    public async Task WriteTo(Stream stream, CancellationToken stopping)
    {
        try
        {
            await foreach (var octets in _queue.Reader.ReadAllAsync(stopping))
                await stream.WriteAsync(octets, stopping);
        }
        catch (Exception exception)
        {
            // The edge of the connection: whoever waits must learn of the end, whatever ended it.
            end(PipConnectionException.Lost(exception));
        }
    }

    private void Enqueue(ReadOnlyMemory<byte> octets)
    {
        if (_queue.Writer.TryWrite(octets))
            trace?.Invoke(WireDirection.Sent, octets);
        else
            end(new PipConnectionException(0, "stuck", "The server does not read what it is sent."));
    }

    private static ReadOnlyMemory<byte> Build(RequestBuilder build, long number)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new FrameWriter(buffer);
        build(ref writer, number);
        return buffer.WrittenMemory;
    }
}
