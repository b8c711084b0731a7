using System.Net;
using Presence.Bench.Load;
using Presence.Bench.Node;
using Presence.Bench.Wire;

namespace Presence.Bench.Scenarios;

/// <summary>What every scenario works with: the server, the links to it, the counters, the clock of the measured part.</summary>
internal sealed class BenchRun(EndPoint server, string domain, BenchOptions options, TextWriter progress, IReadOnlyList<int> serverProcesses)
    : IDisposable
{
    private const int LoginsAtOnce = 16;
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);
    private readonly List<PipLink> _links = [];
    private long _begun;

    public string Domain { get; } = domain;

    public Tally Tally { get; } = new(TimeSpan.FromSeconds(options.Number("patience") ?? 10));

    public LatencyHistogram Latency { get; } = new();

    public ServerUse? UseBefore { get; private set; }

    public ServerUse? UseAfter { get; private set; }

    public TimeSpan Duration { get; private set; }

    public IReadOnlyList<int> ServerProcesses { get; } = serverProcesses;

    public int Option(string name, int standard) => options.Number(name) ?? standard;

    public bool Flag(string name) => options.Has(name);

    public void Say(string text) => progress.WriteLine($"bench: {text}");

    public string Address(int user) => $"{Accounts.Name(user)}@{Domain}";

    /// <summary>Logs users in, some at a time.</summary>
    public async Task<PipLink[]> Open(int first, int count, PipLink.EventTaken? events = null)
    {
        var links = new PipLink[count];
        var done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = LoginsAtOnce };
        await Parallel.ForAsync(0, count, limits, async (index, _) =>
        {
            links[index] = await OpenOne(index, first + index, events);
            if (Interlocked.Increment(ref done) % 500 == 0)
                Say($"{done} of {count} logged in");
        });
        lock (_links)
            _links.AddRange(links);
        return links;
    }

    /// <param name="tally">Where its answers count; the run's unless said.</param>
    public async Task<PipLink> OpenOne(int index, int user, PipLink.EventTaken? events = null, Tally? tally = null)
    {
        var link = new PipLink(index, tally ?? Tally) { Events = events };
        await link.Connect(server);
        await Login.Run(link, Accounts.Name(user), Domain);
        return link;
    }

    /// <summary>The measured part begins.</summary>
    public void Begin()
    {
        UseBefore = ServerUse.Of(ServerProcesses);
        _begun = TimeProvider.System.GetTimestamp();
    }

    /// <summary>Waits for what is expected and ends the measured part.</summary>
    public async Task Finish(Func<bool>? isSending = null)
    {
        await Tally.Finish(tally => Say($"{tally.Delivered} of {tally.Expected}"), isSending);
        End();
    }

    public void End()
    {
        Duration = TimeProvider.System.GetElapsedTime(_begun);
        UseAfter = ServerUse.Of(ServerProcesses);
        // Patience that was lost on lost copies is no part of the rate; such a run fails anyway.
    }

    /// <summary>
    /// Brings to light what came twice: after a while each link is asked for life, and the answer stands behind
    /// everything that the server wrote before.
    /// </summary>
    public async Task Flush()
    {
        await Task.Delay(Settling, TimeProvider.System);
        foreach (var chunk in _links.Chunk(256))
            await Task.WhenAll(chunk.Select(Ping));
    }

    public void Dispose() => _links.ForEach(link => link.Dispose());

    private async Task Ping(PipLink link)
    {
        try
        {
            await link.Require("PING", "");
        }
        catch (Exception exception) when (exception is TimeoutException or BenchException)
        {
            Tally.Refused(exception.Message);
        }
    }
}
