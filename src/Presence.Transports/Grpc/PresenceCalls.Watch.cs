using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Presence.Protocol.Framing;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <content>Watching others.</content>
internal sealed partial class PresenceCalls
{
    public override async Task WatchPresence(
        WatchPresenceRequest request, IServerStreamWriter<PresenceUpdate> responseStream, ServerCallContext context)
    {
        using var ending = Ending(context);
        var origin = CallOrigin.Of(context);
        var caller = await callers.Require(context, origin);
        if (request.Places.Count is 0 or > MaxAddresses)
            throw CallFaults.Of(431, "too-many", $"1 to {MaxAddresses} places");

        await using var session = new StreamSession(new SessionLine(sessions, $"grpc-{origin.Id}", origin, caller));
        await session.Begin(
            StreamCursor.Parse(request.Cursor),
            new BindRequest { Subscriptions = { "none" }, Resumable = request.Resumable },
            ending.Token);
        if (!session.IsResumed && request.Cursor.Length > 0)
            await responseStream.WriteAsync(new PresenceUpdate { Restarted = new Empty() }, ending.Token);
        for (var n = 0; !session.IsResumed && n < request.Places.Count; n++)
            await Subscribe(session, request, n, responseStream, ending.Token);
        await Watch(session, request, responseStream, ending.Token);
    }

    private static async Task Watch(
        StreamSession session, WatchPresenceRequest request, IServerStreamWriter<PresenceUpdate> updates, CancellationToken cancel)
    {
        var lag = new AcknowledgeLag();
        while (true)
        {
            var frame = await session.Next(cancel);
            if (frame.Verb == "NOTIFY")
            {
                var change = TypedFrame.ReadEvent(frame).Notify;
                await updates.WriteAsync(
                    new PresenceUpdate { Change = change, Cursor = session.CursorAt(frame.Number) }, cancel);
                if (change is { State: "terminated", Why: "timeout" or "deactivated" } && PlaceOf(change, request) is { } place)
                    await Subscribe(session, request, place, updates, cancel);
            }

            if (lag.Passed(frame.Number, OctetsOf(frame)) is { } due)
                await session.Acknowledge(due, cancel);
        }
    }

    private static async Task Subscribe(
        StreamSession session, WatchPresenceRequest request, int place, IServerStreamWriter<PresenceUpdate> updates,
        CancellationToken cancel)
    {
        var answer = await session.Ask(
            new SubscribeRequest
            {
                Place = request.Places[place],
                Id = string.Create(CultureInfo.InvariantCulture, $"grpc-{place}"),
                Scope = SubscriptionScope.Session,
                MinInterval = request.MinInterval,
            },
            cancel);
        var state = new WatchState { Place = request.Places[place], Code = answer.Code, Reason = answer.Reason };
        await updates.WriteAsync(new PresenceUpdate { State = state }, cancel);
    }

    private static int? PlaceOf(NotifyEvent change, WatchPresenceRequest request) =>
        int.TryParse(change.Id.AsSpan("grpc-".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && place < request.Places.Count
            ? place
            : null;

    private static int OctetsOf(Frame frame) => 200 + (frame.Body?.Length ?? 0) + (frame.Parameters["val"]?.Length ?? 0);
}
