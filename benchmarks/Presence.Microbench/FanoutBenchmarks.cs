using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;
using Presence.Sessions;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;
using Presence.Sessions.Metrics;
using Presence.Sessions.Transport;

namespace Presence.Microbench;

/// <summary>
/// A change on its way from the route to sockets that take everything: all of a gateway's work for it but the system calls.
/// Figures are for one watcher.
/// </summary>
[MemoryDiagnoser]
public class FanoutBenchmarks
{
    private const int Watchers = 1000;
    private static readonly Address Alice = Address.Parse("alice@a.example");

    private readonly WatchTable _watches = new();
    private readonly PendingFlush _flush = new();
    private readonly List<Session> _sessions = [];
    private long _version;

    [GlobalSetup]
    public void Setup()
    {
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new SessionMetrics(services.GetRequiredService<IMeterFactory>(), PresenceClock.System);
        for (var i = 0; i < Watchers; i++)
            Add(metrics, Address.Parse($"watcher{i}@a.example"));
    }

    /// <summary>One change for a thousand watchers, each of whom acknowledges it.</summary>
    [Benchmark(OperationsPerInvoke = Watchers)]
    public void Deliver()
    {
        var now = new Property(StandardPaths.Status, PropertyValue.OfText("away"), ++_version, PresenceClock.System.Now);
        _watches.Deliver(new RouteBatch(Alice, [PropertyDelta.Of(now)], []), _flush);
        _flush.Flush();
        foreach (var session in _sessions)
            session.Outbox.Acknowledge(session.Outbox.Last);
    }

    private void Add(SessionMetrics metrics, Address user)
    {
        var pipe = new Ends(PipeReader.Create(Stream.Null), PipeWriter.Create(Stream.Null));
        var transport = new SessionTransport("bench", pipe, "127.0.0.1:1", true, null, _ => { });
        var session = new Session(transport, new SessionOptions(), metrics, TimeProvider.System) { User = user };
        session.Outbox.Attach(new Wire(pipe.Output, TimeProvider.System));
        var watch = new Watch(session, Alice, "w1", StandardPaths.Status, isSessionBound: true);
        watch.Open(SubscriptionState.Active, [], tellsSnapshot: false);
        _watches.Add(watch);
        _sessions.Add(session);
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
