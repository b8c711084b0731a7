using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <content>Receiving messages.</content>
internal sealed partial class PresenceCalls
{
    public override async Task ReceiveMessages(
        ReceiveMessagesRequest request, IServerStreamWriter<ReceivedMessage> responseStream, ServerCallContext context)
    {
        using var ending = Ending(context);
        var origin = CallOrigin.Of(context);
        var caller = await callers.Require(context, origin);
        await using var session = new StreamSession(new SessionLine(sessions, $"grpc-{origin.Id}", origin, caller));
        var cursor = StreamCursor.Parse(request.Cursor);
        await session.Begin(cursor, BindingOf(request), ending.Token);
        var stream = new ReceivingStream(caller.User, session);
        receiving.Add(stream);
        try
        {
            var ready = new Ready { Endpoint = session.Binding.Endpoint, Resumed = session.IsResumed };
            await responseStream.WriteAsync(
                new ReceivedMessage { Ready = ready, Cursor = session.CursorAt(session.IsResumed ? cursor!.Seen : 0) },
                ending.Token);
            while (true)
                await Receive(session, stream, responseStream, ending.Token);
        }
        finally
        {
            receiving.Remove(stream);
        }
    }

    public override async Task<Empty> AckMessages(AckMessagesRequest request, ServerCallContext context)
    {
        var caller = await callers.Require(context, CallOrigin.Of(context));
        if (StreamCursor.Parse(request.Cursor) is not { } cursor)
            throw CallFaults.Of(400, "bad-request");
        if (receiving.Find(caller.User, cursor) is not { } stream)
            throw CallFaults.Of(410, "session-gone");
        return await stream.Settle(cursor.Seen, context.CancellationToken)
            ? new Empty()
            : throw CallFaults.Of(400, "bad-request");
    }

    private static async Task Receive(
        StreamSession session, ReceivingStream stream, IServerStreamWriter<ReceivedMessage> messages, CancellationToken cancel)
    {
        var frame = await session.Next(cancel);
        var isTold = frame.Verb is "MSG" or "RECEIPT";
        await stream.Took(frame.Number, isTold, cancel);
        if (!isTold)
            return;
        var told = TypedFrame.ReadEvent(frame);
        var received = new ReceivedMessage { Cursor = session.CursorAt(frame.Number) };
        if (told.KindCase == Event.KindOneofCase.Message)
            received.Message = told.Message;
        else
            received.Receipt = told.Receipt;
        await messages.WriteAsync(received, cancel);
    }

    private static BindRequest BindingOf(ReceiveMessagesRequest request)
    {
        var bind = new BindRequest
        {
            Endpoint = request.Endpoint,
            Show = request.Show.Length > 0 ? request.Show : "online",
            TakeOver = true,
            Copies = request.Copies,
            Subscriptions = { "none" },
        };
        if (request.HasPriority)
            bind.Priority = request.Priority;
        return bind;
    }
}
