using Google.Protobuf;
using Grpc.Core;
using Presence.Protocol.Framing;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <summary>The session behind a call that streams to the client: bound or resumed, then asked and listened to in turn.</summary>
internal sealed class StreamSession(SessionLine line) : IAsyncDisposable
{
    // What came while an answer was waited for. A session sends no more than its outbox may keep.
    private readonly Queue<Frame> _events = new();

    /// <summary>What the session said of itself.</summary>
    public BindResult Binding { get; private set; } = new();

    public bool IsResumed { get; private set; }

    /// <summary>Goes on at the cursor, or begins anew if there is none or its session is gone.</summary>
    /// <exception cref="RpcException">It is refused.</exception>
    public async Task Begin(StreamCursor? cursor, BindRequest bind, CancellationToken cancel)
    {
        if (cursor is not null)
        {
            var resumed = await Ask(
                new ResumeRequest { Session = cursor.Session, Key = cursor.Key, Seen = cursor.Seen }, cancel);
            IsResumed = resumed.Code < 400;
            if (IsResumed)
                TypedFrame.Fill(Binding, resumed);
            else if (resumed.Code != 410)
                throw CallFaults.Of(resumed);
        }

        if (IsResumed)
            return;
        var bound = await Ask(bind, cancel);
        if (bound.Code >= 400)
            throw CallFaults.Of(bound);
        TypedFrame.Fill(Binding, bound);
    }

    /// <summary>Empty if the session cannot be resumed.</summary>
    public string CursorAt(long number) =>
        Binding.Key.Length == 0 ? "" : new StreamCursor(Binding.Session, Binding.Key, number).ToText();

    /// <exception cref="RpcException">The session has ended, or the request cannot stand in a frame.</exception>
    public async Task<Frame> Ask(IMessage request, CancellationToken cancel)
    {
        if (!TypedRequest.IsWritable(request))
            throw CallFaults.Of(400, "bad-request");
        var tag = line.NextTag();
        await line.Write(TypedRequest.Write(request, tag, []), cancel);
        while (await line.Read(cancel) is { } frame)
        {
            if (line.LastWord is not null)
                break;
            if (frame.Kind == FrameKind.Event)
                _events.Enqueue(frame);
            else if (frame.Number == tag)
                return frame;
        }

        throw Ended();
    }

    /// <summary>Waits for the next event.</summary>
    /// <exception cref="RpcException">The session has ended.</exception>
    public async ValueTask<Frame> Next(CancellationToken cancel)
    {
        if (_events.TryDequeue(out var waiting))
            return waiting;
        while (await line.Read(cancel) is { } frame && line.LastWord is null)
        {
            if (frame.Kind == FrameKind.Event)
                return frame;
        }

        throw Ended();
    }

    public ValueTask Acknowledge(long number, CancellationToken cancel) =>
        line.Write(TypedRequest.Acknowledge(number), cancel);

    public ValueTask DisposeAsync() => line.DisposeAsync();

    private RpcException Ended() =>
        line.LastWord is { } last ? CallFaults.Of(last) : CallFaults.Of(421, "going-down");
}
