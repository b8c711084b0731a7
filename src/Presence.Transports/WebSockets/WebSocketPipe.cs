using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text.Unicode;
using Presence.Protocol.Framing;

namespace Presence.Transports.WebSockets;

/// <summary>
/// Makes of messages the stream of octets that sessions know, and of their octets messages: one frame each. A message that
/// is not exactly one frame ends the WebSocket with 1002.
/// </summary>
/// <param name="socket">Open; the caller disposes it.</param>
/// <param name="beneath">What the WebSocket writes to, if it can hold messages back until the last of several.</param>
/// <param name="maxFrame">Octets of the longest line and body together that a client may send.</param>
/// <param name="time">The clock of waiting for the client's close.</param>
internal sealed class WebSocketPipe(WebSocket socket, BatchingStream? beneath, int maxFrame, TimeProvider time)
    : IDuplexPipe
{
    /// <summary>Time for the client to answer our close: 5 s, then the connection is cut.</summary>
    public static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);

    // Line end behind the body.
    private const int Terminator = 2;

    private readonly Pipe _received = new(new PipeOptions(useSynchronizationContext: false));
    // Who writes runs the reader at once: what it does is little, and a hop to another thread each time costs more.
    private readonly Pipe _toSend = new(new PipeOptions(
        readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));

    private volatile WebSocketCloseStatus _status = WebSocketCloseStatus.NormalClosure;

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _toSend.Writer;

    /// <summary>Runs both ways until both have ended.</summary>
    public Task Pump() => Task.WhenAll(Receive(), Send());

    /// <summary>The session is over: what it has written goes out, then the close, which the client may answer.</summary>
    public async Task Finish(Task pumping)
    {
        await _toSend.Writer.CompleteAsync();
        await _received.Reader.CompleteAsync();
        try
        {
            await pumping.WaitAsync(CloseTime, time);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            await pumping;
        }
    }

    private async Task Receive()
    {
        var message = new MessageBuffer(maxFrame + Terminator);
        try
        {
            while (await message.Next(socket))
            {
                if (_status == WebSocketCloseStatus.ProtocolError)
                    continue;
                if (message.IsOneFrame)
                {
                    await _received.Writer.WriteAsync(message.Octets);
                    continue;
                }

                // The session ends with its octets. What still comes is thrown away until the client has taken our close.
                _status = WebSocketCloseStatus.ProtocolError;
                await _received.Writer.CompleteAsync();
            }
        }
        catch (Exception torn) when (torn is WebSocketException or OperationCanceledException or IOException)
        {
            // Gone without a close. The session finds the end of its octets.
        }

        await _received.Writer.CompleteAsync();
    }

    private async Task Send()
    {
        var bounds = new FrameBounds();
        try
        {
            while (true)
            {
                var read = await _toSend.Reader.ReadAsync();
                var rest = read.Buffer;
                for (var isWhole = bounds.TryCut(ref rest, out var frame); isWhole;)
                {
                    isWhole = bounds.TryCut(ref rest, out var next);
                    await SendMessage(frame, moreFollows: isWhole);
                    frame = next;
                }

                _toSend.Reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                    break;
            }

            await socket.CloseOutputAsync(_status, null, CancellationToken.None);
        }
        catch (Exception torn) when (torn is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone: the outbox learns it from its next flush.
        }

        await _toSend.Reader.CompleteAsync();
    }

    /// <summary>Text where the frame is text, so that a browser gets a string; bodies of other octets make it binary.</summary>
    private async ValueTask SendMessage(ReadOnlySequence<byte> frame, bool moreFollows)
    {
        ReadOnlyMemory<byte> octets = frame.IsSingleSegment ? frame.First : frame.ToArray();
        var type = Utf8.IsValid(octets.Span) ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        if (beneath is not null)
            beneath.MoreFollows = moreFollows;
        await socket.SendAsync(octets, type, endOfMessage: true, CancellationToken.None);
    }
}
