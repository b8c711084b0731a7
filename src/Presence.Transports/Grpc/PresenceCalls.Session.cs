using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Presence.Protocol.Framing;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <content>The stream that is a session.</content>
internal sealed partial class PresenceCalls
{
    public override async Task Session(
        IAsyncStreamReader<ClientFrame> requestStream, IServerStreamWriter<ServerFrame> responseStream, ServerCallContext context)
    {
        using var ending = Ending(context);
        var origin = CallOrigin.Of(context);
        var caller = await callers.Find(context, origin);
        await using var line = new SessionLine(sessions, $"grpc-{origin.Id}", origin, caller);
        var asked = new ConcurrentQueue<(long Tag, string Answer)>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        using var told = new FrameTeller(responseStream);
        RpcException? fault;
        var taking = Take(requestStream, line, asked, told, over.Token);
        try
        {
            while (await line.Read(ending.Token) is { } frame)
                await told.Tell(Typed(frame, asked), line.HasNext, ending.Token);
        }
        finally
        {
            await over.CancelAsync();
            fault = await taking;
        }

        if (fault is not null)
            throw fault;
        if (line.LastWord is { } last)
            throw CallFaults.Of(last);
    }

    /// <summary>
    /// Passes requests on until the client ends its half or the call is over; never throws. Gives the client's fault, if what it
    /// sent is no message or too long.
    /// </summary>
    private static async Task<RpcException?> Take(
        IAsyncStreamReader<ClientFrame> requests, SessionLine line, ConcurrentQueue<(long Tag, string Answer)> asked,
        FrameTeller told, CancellationToken over)
    {
        try
        {
            await foreach (var request in requests.ReadAllAsync(over))
            {
                if (!TryWrite(request, out var octets, out var answer))
                {
                    await told.Tell(Refused(request.Tag), moreFollows: false, over);
                    continue;
                }

                if (answer is not null)
                    asked.Enqueue((request.Tag, answer));
                await line.Write(octets, over);
            }
        }
        catch (RpcException fault) when (fault.StatusCode != StatusCode.Cancelled)
        {
            await line.EndRequests();
            return fault;
        }
        catch (Exception torn) when (torn is OperationCanceledException or IOException or InvalidOperationException or RpcException)
        {
            // The end of the call, however it came about. The session finds the end of its octets.
        }

        await line.EndRequests();
        return null;
    }

    /// <summary>False for what cannot stand in a frame.</summary>
    private static bool TryWrite(ClientFrame request, out ReadOnlyMemory<byte> octets, out string? answer)
    {
        octets = default;
        answer = null;
        try
        {
            if (request.RequestCase == ClientFrame.RequestOneofCase.Acknowledge)
            {
                octets = TypedRequest.Acknowledge(request.Acknowledge);
                return true;
            }

            if (ClientFrame.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(request) is not { } field)
                return false;
            var message = (IMessage)field.Accessor.GetValue(request);
            octets = TypedRequest.Write(message, request.Tag, request.Extra);
            answer = MessageRule.Of(message.Descriptor).Answer;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static ServerFrame Refused(long tag) => new()
    {
        Response = new Response { Tag = Math.Max(tag, 0), Code = 400, Reason = "bad-request", Fault = new Fault() },
    };

    /// <summary>Responses come in the order of their requests, so the oldest one with the tag is the one answered.</summary>
    private static ServerFrame Typed(Frame frame, ConcurrentQueue<(long Tag, string Answer)> asked)
    {
        if (frame.Kind == FrameKind.Event)
            return new ServerFrame { Event = TypedFrame.ReadEvent(frame) };
        var answer = "";
        while (frame.Number != 0 && asked.TryDequeue(out var request))
        {
            answer = request.Answer;
            if (request.Tag == frame.Number)
                break;
        }

        return new ServerFrame { Response = TypedFrame.ReadResponse(frame, answer) };
    }

    /// <summary>
    /// A gRPC stream takes one message at a time; two sides write here. What is due together leaves in one piece: it saves
    /// a frame of HTTP/2 and a write to the socket for each (<c>bench fanout --grpc</c>).
    /// </summary>
    private sealed class FrameTeller(IServerStreamWriter<ServerFrame> stream) : IDisposable
    {
        private static readonly WriteOptions AtOnce = new();
        private static readonly WriteOptions WithTheNext = new(WriteFlags.BufferHint);

        private readonly SemaphoreSlim _turn = new(1);

        public void Dispose() => _turn.Dispose();

        /// <summary>
        /// With <paramref name="moreFollows"/> the next message is told for certain, and this one may wait for it.
        /// </summary>
        public async ValueTask Tell(ServerFrame frame, bool moreFollows, CancellationToken cancel)
        {
            await _turn.WaitAsync(cancel);
            try
            {
                stream.WriteOptions = moreFollows ? WithTheNext : AtOnce;
                await stream.WriteAsync(frame, cancel);
            }
            finally
            {
                _turn.Release();
            }
        }
    }
}
