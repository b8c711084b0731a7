using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Grpc.Core;
using Grpc.Net.Client;
using Presence.Bench.Load;
using Presence.V1;

namespace Presence.Bench.Grpc;

/// <summary>
/// One Session stream on a connection of its own. What came together is acknowledged together, as over text.
/// </summary>
internal sealed class GrpcLink(Tally tally, Action<Event>? events) : IDisposable
{
    private static readonly WriteOptions AtOnce = new();
    private static readonly WriteOptions WithTheNext = new(WriteFlags.BufferHint);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<Response>?> _open = new();
    private readonly Channel<ClientFrame> _outgoing = Channel.CreateUnbounded<ClientFrame>(
        new UnboundedChannelOptions { SingleReader = true });

    private GrpcChannel? _channel;
    private AsyncDuplexStreamingCall<ClientFrame, ServerFrame>? _call;
    private long _tag;
    private volatile bool _isQuitting;

    public async Task Connect(EndPoint server)
    {
        _channel = GrpcChannel.ForAddress($"http://{server}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler(),
            DisposeHttpClient = true,
        });
        _call = new V1.Presence.PresenceClient(_channel).Session();
        var greeting = new TaskCompletionSource<Response>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[0] = greeting;
        _ = Write(_call.RequestStream);
        _ = Read(_call.ResponseStream);
        await greeting.Task.WaitAsync(tally.Patience, TimeProvider.System);
    }

    /// <summary>Sends a request and awaits its answer.</summary>
    /// <exception cref="TimeoutException">None came while the patience lasted.</exception>
    public Task<Response> Ask(ClientFrame request)
    {
        var answer = new TaskCompletionSource<Response>(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(request, answer);
        return answer.Task.WaitAsync(tally.Patience, TimeProvider.System);
    }

    /// <exception cref="BenchException">The server refused.</exception>
    public async Task<Response> Require(ClientFrame request)
    {
        var answer = await Ask(request);
        return answer.Code < 400
            ? answer
            : throw new BenchException($"The server answered {request.RequestCase} with {answer.Code} {answer.Reason}");
    }

    /// <summary>Sends a request whose answer is only counted.</summary>
    public void Post(ClientFrame request) => Send(request, null);

    /// <summary>Takes leave; from here on the server may close.</summary>
    public Task Quit()
    {
        _isQuitting = true;
        return Require(new ClientFrame { Quit = new QuitRequest() });
    }

    public void Dispose()
    {
        _isQuitting = true;
        _outgoing.Writer.TryComplete();
        _call?.Dispose();
        _channel?.Dispose();
    }

    private void Send(ClientFrame request, TaskCompletionSource<Response>? answer)
    {
        // Tags grow on the wire, so number and place in the queue are given together.
        lock (_outgoing)
        {
            request.Tag = ++_tag;
            _open[request.Tag] = answer;
            _outgoing.Writer.TryWrite(request);
        }
    }

    private async Task Write(IClientStreamWriter<ClientFrame> stream)
    {
        try
        {
            await foreach (var frame in _outgoing.Reader.ReadAllAsync())
            {
                // What is there already leaves with it, as over text.
                stream.WriteOptions = _outgoing.Reader.TryPeek(out _) ? WithTheNext : AtOnce;
                await stream.WriteAsync(frame);
            }
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            Break(exception.Message);
        }
    }

    private async Task Read(IAsyncStreamReader<ServerFrame> stream)
    {
        try
        {
            var (heard, acknowledged) = (0L, 0L);
            while (true)
            {
                var next = stream.MoveNext(CancellationToken.None);
                if (!next.IsCompleted && heard > acknowledged)
                    _outgoing.Writer.TryWrite(new ClientFrame { Acknowledge = acknowledged = heard });
                if (!await next)
                    break;
                heard = Math.Max(heard, Take(stream.Current));
            }

            Break("the server closed");
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException or ObjectDisposedException)
        {
            Break(exception.Message);
        }
    }

    /// <returns>Number of the event; 0 for an answer.</returns>
    private long Take(ServerFrame frame)
    {
        if (frame.FrameCase == ServerFrame.FrameOneofCase.Response)
        {
            Answered(frame.Response);
            return 0;
        }

        events?.Invoke(frame.Event);
        return frame.Event.Number;
    }

    private void Answered(Response response)
    {
        if (!_open.TryRemove(response.Tag, out var answer))
            tally.Stray();
        else if (answer is not null)
            answer.TrySetResult(response);
        else if (response.Code >= 400)
            tally.Refused($"{response.Code} {response.Reason}");
    }

    private void Break(string why)
    {
        foreach (var answer in _open.Values)
            answer?.TrySetException(new BenchException($"A stream broke: {why}."));
        if (_isQuitting)
            return;
        _isQuitting = true;
        tally.Broke();
    }
}
