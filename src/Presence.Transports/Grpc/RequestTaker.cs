using Google.Protobuf;
using Grpc.Core;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <summary>Passes the requests of a Session stream on to its session.</summary>
internal sealed class RequestTaker(SessionLine line, AskedRequests asked, FrameTeller told)
{
    /// <summary>
    /// Until the client ends its half or the call is over; never throws. Gives the client's fault, if what it sent is no message or
    /// too long.
    /// </summary>
    public async Task<RpcException?> Take(IAsyncStreamReader<ClientFrame> requests, CancellationToken over)
    {
        try
        {
            await TakeAll(requests, over);
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

    // What has come together is passed on together, and so are its answers.
    private async Task TakeAll(IAsyncStreamReader<ClientFrame> requests, CancellationToken over)
    {
        var next = requests.MoveNext(over);
        while (await next)
        {
            var request = requests.Current;
            if (TryWrite(request, out var octets, out var answer))
            {
                if (answer is not null)
                    asked.Add(request.Tag, answer);
                await line.Put(octets, over);
            }
            else
            {
                await line.Flush(over);
                await Refuse(request.Tag, over);
            }

            next = requests.MoveNext(over);
            if (!next.IsCompleted)
                await line.Flush(over);
        }
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

    private async Task Refuse(long tag, CancellationToken over)
    {
        var frames = new OutgoingFrames();
        frames.Add(new ServerFrame
        {
            Response = new Response { Tag = Math.Max(tag, 0), Code = 400, Reason = "bad-request", Fault = new Fault() },
        });
        await told.Tell(frames, over);
    }
}
