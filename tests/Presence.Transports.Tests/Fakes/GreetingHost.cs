using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using System.Threading.Channels;
using Presence.Sessions.Transport;

namespace Presence.Transports.Tests.Fakes;

/// <summary>Sessions that greet, then wait until the client sends anything, or until the drain.</summary>
internal sealed class GreetingHost : ISessionHost
{
    public const string Greeting = "220 0 ready\r\n";
    public const string GoingDown = "421 0 going-down\r\n";

    private readonly TaskCompletionSource _draining = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<SessionTransport> _served = Channel.CreateUnbounded<SessionTransport>();
    private readonly ConcurrentBag<Task> _sessions = [];

    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>Called inside Drain, before the sessions are told.</summary>
    public Func<Task> OnDrain { get; init; } = () => Task.CompletedTask;

    /// <summary>Sessions that pay no heed to the drain.</summary>
    public bool IsStubborn { get; init; }

    public bool HasServed => _served.Reader.Count > 0;

    public async Task<SessionTransport> NextServed() => await _served.Reader.ReadAsync(Deadline.Token);

    public Task Serve(SessionTransport transport)
    {
        var session = Greet(transport);
        _sessions.Add(session);
        _served.Writer.TryWrite(transport);
        return session;
    }

    public async Task Drain(CancellationToken deadline)
    {
        Log.Enqueue("drain");
        await OnDrain();
        _draining.SetResult();
        await Task.WhenAll(_sessions).WaitAsync(deadline);
    }

    private async Task Greet(SessionTransport transport)
    {
        try
        {
            await Converse(transport.Pipe);
        }
        catch (Exception torn) when (torn is IOException or OperationCanceledException)
        {
            Log.Enqueue(torn.Message);
        }
    }

    private async Task Converse(IDuplexPipe pipe)
    {
        await pipe.Output.WriteAsync(Encoding.ASCII.GetBytes(Greeting));
        var read = pipe.Input.ReadAsync().AsTask();
        if (IsStubborn || await Task.WhenAny(read, _draining.Task) == read)
            pipe.Input.AdvanceTo((await read).Buffer.End);
        else
            await pipe.Output.WriteAsync(Encoding.ASCII.GetBytes(GoingDown));
    }
}
