using System.Net;
using Presence.Bench.Grpc;
using Presence.Bench.Links;
using Presence.Bench.Load;
using Presence.Bench.Node;
using Presence.Bench.Pip;
using Presence.Bench.Xmpp;

namespace Presence.Bench.Scenarios;

/// <summary>What every scenario works with: the server, the links to it, the counters, the clock of the measured part.</summary>
/// <param name="server">Where it listens.</param>
/// <param name="speaksXmpp">False for a server that speaks PIP.</param>
/// <param name="serverProcesses">Whose CPU time and memory are read.</param>
/// <param name="time">The clock of the measured part; the system's if null.</param>
internal sealed class BenchRun(
    EndPoint server, bool speaksXmpp, IReadOnlyList<int> serverProcesses, BenchOptions options, TextWriter progress, TimeProvider? time = null)
    : IDisposable
{
    private const int LoginsAtOnce = 16;
    private const int WarmUp = 25;
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);
    private readonly TimeProvider _clock = time ?? TimeProvider.System;
    private readonly List<ILink> _links = [];
    private bool _hasHeat;
    private TimeSpan _generatorBefore;
    private long _begun;

    public EndPoint Server { get; } = server;

    public bool SpeaksXmpp { get; } = speaksXmpp;

    public string Domain { get; } = options.Text("domain") ?? "localhost";

    /// <summary>How a server that speaks PIP is reached.</summary>
    public Way Way { get; } = options.Way;

    public Tally Tally { get; } = new(TimeSpan.FromSeconds(options.Number("patience") ?? 10), time);

    /// <summary>Of what is timed.</summary>
    public LatencyHistogram Latency { get; private set; } = new();

    /// <summary>Delivered before the measured part began, and no part of the rate.</summary>
    public long DeliveredBefore { get; private set; }

    /// <summary>Delivered in the measured part.</summary>
    public long Delivered { get; private set; }

    /// <summary>In how many pieces it is measured.</summary>
    public Heats Heats { get; set; } = new(null, TextWriter.Null);

    public ServerUse? UseBefore { get; private set; }

    public ServerUse? UseAfter { get; private set; }

    public TimeSpan Duration { get; private set; }

    /// <summary>CPU time of this process in the measured part.</summary>
    public TimeSpan GeneratorCpu { get; private set; }

    public IReadOnlyList<int> ServerProcesses { get; } = serverProcesses;

    public int Option(string name, int standard) => options.Number(name) ?? standard;

    public bool Flag(string name) => options.Has(name);

    public void Say(string text) => progress.WriteLine($"bench: {text}");

    /// <summary>Logs users in, some at a time.</summary>
    /// <param name="atOnce">How many at a time.</param>
    /// <param name="then">What each does next, before another is let in.</param>
    public async Task<ILink[]> Open(
        int first, int count, ILink.Taken? events = null, int atOnce = LoginsAtOnce, Func<ILink, Task>? then = null)
    {
        var links = new ILink[count];
        var done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = atOnce };
        await Parallel.ForAsync(0, count, limits, async (index, _) =>
        {
            var link = links[index] = await OpenOne(index, first + index, events);
            lock (_links)
                _links.Add(link);
            if (then is not null)
                await then(link);
            if (Interlocked.Increment(ref done) % 500 == 0)
                Say($"{done} of {count} logged in");
        });
        return links;
    }

    public async Task<ILink> OpenOne(int index, int user, ILink.Taken? events = null)
    {
        ILink link = SpeaksXmpp ? new XmppUser(index, Domain, Tally, events)
            : Way == Way.Grpc ? new GrpcUser(index, Domain, Tally, events)
            : new PipUser(index, Domain, Tally, events, Way);
        try
        {
            await link.LogIn(Server, user);
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the next heat; false if there is none, or something went wrong in the one before.</summary>
    public async Task<bool> NextHeat()
    {
        if (_hasHeat && !Tally.IsClean)
            return false;
        _hasHeat = true;
        return await Heats.Next();
    }

    /// <summary>
    /// The measured part begins when a share of what is expected has arrived, a quarter unless --warm-up says otherwise: a server that
    /// runs for weeks is not to be judged by what it compiles and allocates in its first second. The share must arrive like the rest.
    /// </summary>
    public void BeginWarm()
    {
        var share = WarmUpShare();
        Begin();
        var before = Tally.Expected * share / 100;
        if (before > 0)
            Tally.When(before, () => Begin(before, _clock.GetTimestamp()));
    }

    /// <summary>Lets that time pass. What is measured of it begins when the same share is over, and ends with it.</summary>
    public async Task Pass(TimeSpan span)
    {
        var since = _clock.GetTimestamp();
        var before = span * WarmUpShare() / 100;
        await Task.Delay(before, _clock);
        BeginAtDelivery(since);
        await Task.Delay(span - before, _clock);
        EndAtDelivery();
    }

    /// <summary>
    /// The measured part began with the last delivery, if one was since then. From one delivery to another the rate of a server that
    /// delivers in bursts is the same wherever the heat begins; by the clock it had a burst more or less.
    /// </summary>
    public void BeginAtDelivery(long since)
    {
        // Read together: what arrives in between would be counted and not timed.
        var (delivered, last) = (Tally.Delivered, Tally.LastAt);
        Begin(delivered, last > since ? last : _clock.GetTimestamp());
    }

    /// <summary>The measured part ended with the last delivery; now, if there was none in it.</summary>
    public void EndAtDelivery()
    {
        var last = Tally.LastAt;
        End(last > _begun ? last : _clock.GetTimestamp());
    }

    /// <summary>Waits until all that is expected has arrived, or nothing more does.</summary>
    public Task Settle(Func<bool>? isSending = null) =>
        Tally.Finish(tally => Say($"{tally.Delivered} of {tally.Expected}"), isSending);

    private int WarmUpShare()
    {
        var share = options.Number("warm-up", least: 0) ?? WarmUp;
        return share <= 90 ? share : throw new BenchException($"--warm-up {share}: percent, at most 90.");
    }

    /// <summary>The measured part begins.</summary>
    public void Begin() => Begin(Tally.Delivered, _clock.GetTimestamp());

    private void Begin(long delivered, long at)
    {
        _begun = at;
        Latency = new LatencyHistogram();
        DeliveredBefore = delivered;
        UseBefore = ServerUse.Of(ServerProcesses);
        _generatorBefore = Environment.CpuUsage.TotalTime;
    }

    /// <summary>Waits for what is expected and ends the measured part.</summary>
    public async Task Finish(Func<bool>? isSending = null)
    {
        await Settle(isSending);
        End();
    }

    public void End() => End(_clock.GetTimestamp());

    private void End(long at)
    {
        Delivered = Tally.Delivered - DeliveredBefore;
        Duration = _clock.GetElapsedTime(_begun, at);
        GeneratorCpu = Environment.CpuUsage.TotalTime - _generatorBefore;
        UseAfter = ServerUse.Of(ServerProcesses);
        // Patience that was lost on lost copies is no part of the rate; such a run fails anyway.
    }

    /// <summary>
    /// Brings to light what came twice: after a while each link is asked for life, and the answer stands behind
    /// everything that the server wrote before.
    /// </summary>
    public async Task Flush()
    {
        await Task.Delay(Settling, _clock);
        foreach (var chunk in _links.Chunk(256))
            await Task.WhenAll(chunk.Select(Ping));
    }

    /// <summary>Closes all links; nothing that comes by them counts from here on.</summary>
    public void Forget()
    {
        lock (_links)
        {
            _links.ForEach(link => link.Dispose());
            _links.Clear();
        }
    }

    public void Dispose() => Forget();

    private async Task Ping(ILink link)
    {
        try
        {
            await link.Ping();
        }
        catch (Exception exception) when (exception is TimeoutException or BenchException)
        {
            Tally.Refused(exception.Message);
        }
    }
}
