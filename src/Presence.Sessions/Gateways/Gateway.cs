using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Sessions.Administration;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;
using Presence.Sessions.Metrics;

namespace Presence.Sessions.Gateways;

/// <summary>
/// This process as the silo sees it: one route, one inbox, the sessions behind them. A restarted gateway is another
/// route, so nothing meant for its former life can reach it.
/// </summary>
internal sealed partial class Gateway(
    IGrainFactory grains, WatchedNodes nodes, PresenceClock clock, IOptions<SessionOptions> options,
    SessionMetrics metrics, IUserDesks desks, Departures departures, Arrivals arrivals,
    ILogger<Gateway> logger)
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Address, ImmutableArray<Session>> _byUser = new();
    private long _sessionsBegun;

    /// <summary>Shown in greetings; finds loops.</summary>
    public string Id { get; } = $"gw-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

    public string Route => Id;

    /// <summary>What nodes must hear of sessions that are over.</summary>
    public Departures Departures { get; } = departures;

    /// <summary>How nodes are asked to be watched by sessions here.</summary>
    public Arrivals Arrivals { get; } = arrivals;

    public PresenceClock Clock { get; } = clock;

    public WatchTable Watches { get; } = new();

    public GatewayCounters Counters { get; } = new();

    /// <summary>Since when it counts.</summary>
    public DateTimeOffset Started { get; } = clock.Now;

    public SessionMetrics Metrics { get; } = metrics;

    /// <summary>The way back from grains; set before the first connection is served.</summary>
    public IGatewayInbox? Inbox { get; set; }

    public Session? Find(string sessionId) => _sessions.GetValueOrDefault(sessionId);

    /// <summary>Those that BIND has made, parked ones included.</summary>
    public IEnumerable<Session> Sessions => _sessions.Values;

    public IEnumerable<Session> SessionsOf(Address user) => _byUser.GetValueOrDefault(user, []);

    /// <summary>Gives the session its name and makes it reachable; before the grain learns of it.</summary>
    public string Register(Session session)
    {
        var id = $"s-{Id[3..]}-{Interlocked.Increment(ref _sessionsBegun)}";
        Register(session, id);
        return id;
    }

    /// <summary>The same for a session that another gateway has named.</summary>
    public void Register(Session session, string id)
    {
        session.Id = id;
        _sessions[id] = session;
        _byUser.AddOrUpdate(session.User, _ => [session], (_, sessions) => sessions.Add(session));
    }

    public void Unregister(Session session)
    {
        if (session.Id is { } id && _sessions.TryRemove(id, out _))
        {
            var left = _byUser.AddOrUpdate(session.User, _ => [], (_, sessions) => sessions.Remove(session));
            if (left.IsEmpty)
                _byUser.TryRemove(KeyValuePair.Create(session.User, left));
        }

        session.Id = null;
    }

    /// <summary>A subscription is to be served to this session: known before the grain is asked, for changes may overtake.</summary>
    public void Serve(Watch watch)
    {
        if (watch.Session.Watches.TryGetValue(watch.Id, out var older))
            Watches.Remove(older);
        watch.Session.Watches[watch.Id] = watch;
        Watches.Add(watch);
    }

    /// <summary>Stops serving it; the route is given up when nobody else of this user watches the node here.</summary>
    public async Task Drop(Watch watch)
    {
        watch.Session.Watches.TryRemove(KeyValuePair.Create(watch.Id, watch));
        if (Watches.Remove(watch))
            await nodes.Detach(watch.Node, watch.Session.User, Route);
    }

    /// <summary>
    /// A batch of this gateway's route. Subscriptions that ended are forgotten here and in their watchers' lists.
    /// </summary>
    public async Task Deliver(RouteBatch batch, PendingFlush flush)
    {
        Counters.TookBatch();
        var ended = Watches.Deliver(batch, flush);
        if (ended.Count == 0)
            return;
        flush.Flush();

        // Together, so that one that fails holds up none of the others.
        await Task.WhenAll(ended.Select(one => Forget(one.Watch, one.Notice)));
    }

    private async Task Forget(Watch watch, SubscriptionNotice notice)
    {
        try
        {
            await Drop(watch);
            if (!watch.IsSessionBound)
                await grains.GetUser(watch.Session.User).ForgetWatching(watch.Id);
        }
        finally
        {
            // Told last: who hears that it is over and asks again finds nothing left of it.
            watch.Take(notice);
        }
    }
}
