using Grpc.Core;
using Presence.V1;

namespace Presence.Transports.Grpc;

/// <content>The stream that is a session.</content>
internal sealed partial class PresenceCalls
{
    // Octets after which the stream is written to, even if more is due: as much as a session's line holds.
    private const int EnoughAtOnce = 16 * 1024;

    public async Task Session(
        IAsyncStreamReader<ClientFrame> requestStream, IServerStreamWriter<OutgoingFrames> responseStream, ServerCallContext context)
    {
        using var ending = Ending(context);
        var origin = CallOrigin.Of(context);
        var caller = await callers.Find(context, origin);
        await using var line = new SessionLine(sessions, $"grpc-{origin.Id}", origin, caller);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        using var told = new FrameTeller(responseStream);
        var asked = new AskedRequests();
        RpcException? fault;
        var taking = new RequestTaker(line, asked, told).Take(requestStream, over.Token);
        try
        {
            await Tell(line, asked, told, ending.Token);
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

    private static async Task Tell(SessionLine line, AskedRequests asked, FrameTeller told, CancellationToken cancel)
    {
        var frames = new OutgoingFrames();
        while (await line.ReadLine(cancel) is { } frame)
        {
            if (frame.Read is not null || !frames.TryAddEvent(frame.Octets))
                frames.Add(asked.Typed(line.Parse(frame)));
            // What is due together leaves in one piece.
            if (line.HasNext && frames.Length < EnoughAtOnce)
                continue;
            await told.Tell(frames, cancel);
            frames.Clear();
        }
    }
}
