using Grpc.Core;
using Presence.V1;

namespace Presence.Grpc.Tests.Node;

/// <summary>A Session stream in the hands of a test: asks, and keeps the events that come in between.</summary>
public sealed class OpenSession(AsyncDuplexStreamingCall<ClientFrame, ServerFrame> call) : IDisposable
{
    private readonly Queue<Event> _events = new();
    private long _tag;

    public AsyncDuplexStreamingCall<ClientFrame, ServerFrame> Call => call;

    /// <summary>Sends it with the next tag and gives the response.</summary>
    public async Task<Response> Ask(ClientFrame frame)
    {
        frame.Tag = ++_tag;
        await Send(frame);
        return await Response(frame.Tag);
    }

    public Task Send(ClientFrame frame) => call.RequestStream.WriteAsync(frame);

    public async Task<Response> Response(long tag)
    {
        while (true)
        {
            var frame = await Read();
            if (frame.Event is { } @event)
                _events.Enqueue(@event);
            else if (frame.Response.Tag == tag)
                return frame.Response;
        }
    }

    public async Task<Event> Event() => _events.TryDequeue(out var waiting) ? waiting : (await Read()).Event;

    public async Task<ServerFrame> Read()
    {
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken), "The stream has ended.");
        return call.ResponseStream.Current;
    }

    public async Task<Response> Greeting() => (await Read()).Response;

    public async Task<BindResult> Bind(string show = "online")
    {
        Assert.Equal(220, (await Greeting()).Code);
        var response = await Ask(new ClientFrame { Bind = new BindRequest { Show = show } });
        Assert.Equal(200, response.Code);
        _tag = 0;
        return response.Bind;
    }

    public void Dispose() => call.Dispose();
}
