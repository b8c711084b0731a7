using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Contracts.Subscriptions;
using Presence.Grains.Alarms;
using Presence.Grains.Domains;
using Presence.Grains.Gateways;
using Presence.Grains.Metrics;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Subscriptions;

internal sealed class SubscriptionGrain : Grain, ISubscriptionGrain, IAlarmed, IGatewayBound
{
    private readonly WatcherStore _store;
    private readonly StoredApprovals _approvals;

    /// <summary>Watchers whose activation is stored with the next write: until then it follows from the record of the node.</summary>
    private readonly HashSet<Address> _unstored = [];
    private readonly PresenceClock _clock;
    private readonly GrainAlarm _alarm;
    private readonly GatewayWatch _gateways;
    private readonly RoutePublisher _publisher;
    private readonly RouteTable _routes = new();
    private readonly RecentEndings _endings = new();
    private readonly PeerViews _views;
    private readonly Address _self;
    private SubscriptionBook _book = SubscriptionBook.Empty;

    public SubscriptionGrain(
        [PersistentState("subscriptions", PresenceGrainsExtensions.StorageName)]
        IPersistentState<SubscriptionRecord> record,
        PresenceClock clock,
        AlarmClock alarms,
        GrainMetrics metrics,
        NearGateway near,
        GatewayWatch gateways,
        DomainPolicies policies,
        ILogger<SubscriptionGrain> logger)
    {
        var storage = ServiceProvider.GetRequiredKeyedService<IGrainStorage>(PresenceGrainsExtensions.StorageName);
        _store = new WatcherStore(record, storage, this.GetGrainId());
        _clock = clock;
        _gateways = gateways;
        _alarm = new GrainAlarm(alarms, OwnReference<IAlarmed>.Of(this, GrainFactory));
        _self = NodeKey.Parse(this.GetPrimaryKeyString());
        _approvals = new StoredApprovals(storage, policies, GrainFactory.GetUser(_self).GetGrainId(), _self);
        _publisher = new RoutePublisher(_self, GrainFactory, near, metrics, logger);
        _views = new PeerViews(record, _self);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _book = await _approvals.ApplyTo(await _store.Load(), _clock.Now);
        _publisher.Open(this.GetStreamProvider(RouteStreams.Provider));
        foreach (var watcher in _book.ByWatcher.Keys)
        {
            if (_views.RouteOf(watcher) is { } route)
                _routes.Attach(watcher, route);
        }

        _alarm.WakeBy(_book.NextExpiry);
    }

    /// <summary>Routes are in memory only: the gateways are told to attach again.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            if (_unstored.Count > 0)
                await Commit(_book, []);
        }
        finally
        {
            await _gateways.Leave(OwnReference<IGatewayBound>.Of(this, GrainFactory), Node, _routes.All.ToList(), reason);
        }
    }

    public async Task<PutAnswer> Put(Subscription asked, string route) => (await PutAll([asked], route))[0];

    public async Task<ImmutableArray<PutAnswer>> PutAll(ImmutableArray<Subscription> asked, string route)
    {
        _views.Note(route);
        var (book, put) = _book.PutAll(asked);
        await Commit(
            book, put.Where(one => one.IsLasting).Select(one => one.Entry.Watcher), put.Any(one => one.IsLasting));
        Attach(put.Select(one => one.Entry.Watcher), route);
        _alarm.WakeBy(put.Min(one => one.Entry.Expires));
        return
        [
            .. put.Select(one => new PutAnswer(
                one.Entry, one.Before is null && one.Entry.State != SubscriptionState.Blocked, _views.ViewOf(one.Entry))),
        ];
    }

    public Task<Subscription?> Find(Address watcher, string id) => Task.FromResult(_book.Find(watcher, id));

    public async Task<Subscription?> Remove(Address watcher, string id)
    {
        if (_book.Find(watcher, id) is not { } entry)
            return null;
        await Commit(_book.Retire([entry]), [watcher], isDurable: !entry.IsSessionBound);
        return entry;
    }

    public async Task<ImmutableArray<Subscription>> Forget(Address watcher)
    {
        var ended = _book.Of(watcher);
        var book = _book.Without(watcher);
        if (book != _book)
            await Commit(book, [watcher]);
        return ended;
    }

    Task<AttachAnswer> ISubscriptionGrain.Attach(Address watcher, string route)
    {
        var entries = _book.Of(watcher);
        if (!entries.IsEmpty)
            Attach([watcher], route);
        return Task.FromResult(new AttachAnswer(entries, [.. _endings.Of(watcher, _book, _clock.Now)]));
    }

    public Task Detach(Address watcher, string route)
    {
        _routes.Detach(watcher, route);
        Forsake([watcher]);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<Subscription>> Depart(ImmutableArray<Departure> departures, string route)
    {
        // One that a later request has made lasting is not bound to the session any more.
        ImmutableArray<Subscription> ended =
        [
            .. from gone in departures from id in gone.Ended
               let entry = _book.Find(gone.Watcher, id)
               where entry is { IsSessionBound: true }
               select entry,
        ];
        _book = _book.RemoveAll(ended);
        var leaving = departures.Where(gone => gone.LeavesRoute).Select(gone => gone.Watcher).ToList();
        foreach (var watcher in leaving)
            _routes.Detach(watcher, route);
        Forsake(leaving);
        return Task.FromResult(ended);
    }

    public Task GatewayLost(string route)
    {
        Forsake(_routes.Remove(route));
        return Task.CompletedTask;
    }

    public async Task Publish(ImmutableArray<PropertyDelta> changes)
    {
        var routes = _routes.With(watcher => _book.Of(watcher).Any(s => s.State == SubscriptionState.Active));
        foreach (var route in routes.ToList())
        {
            if (DomainPair.OfRoute(route) is { } pair)
                await _publisher.Send([route], MeantFor(route, changes), [], _views.Open(pair.Remote));
            else
                await _publisher.Send([route], changes, []);
        }
    }

    public async Task Rule(ImmutableArray<SubscriptionRuling> rulings)
    {
        var book = _book;
        List<(Subscription Before, SubscriptionRuling Ruling)> applied = [];
        foreach (var ruling in rulings)
        {
            (book, var before) = book.Apply(ruling.Watcher, ruling.Id, ruling.Change);
            if (before is not null)
                applied.Add((before, ruling));
        }

        if (applied.Count == 0)
            return;
        var touched = applied.Select(one => one.Before.Watcher).ToList();
        var isOnRecord = applied.TrueForAll(one => one.Ruling.IsOnRecord);
        await Commit(book, touched, isDurable: !isOnRecord);
        if (isOnRecord)
            _unstored.UnionWith(touched);
        List<SubscriptionNotice> notices = [];
        foreach (var (before, ruling) in applied)
        {
            if (SubscriptionNotices.Of(before, ruling) is not { } notice)
                continue;
            if (notice.Why is { } why)
                _endings.Note(before, why, _clock.Now);
            notices.Add(notice with { View = _views.ViewOf(ruling.Change, before) });
        }

        await Tell(notices);
    }

    public Task<ImmutableArray<Subscription>> Of(Address watcher) => Task.FromResult<ImmutableArray<Subscription>>(
        [.. _book.Of(watcher), .. _book.GaveUp.Where(entry => entry.Watcher.Equals(watcher))]);

    public Task<ImmutableArray<Subscription>> List() => Task.FromResult<ImmutableArray<Subscription>>([.. _book.All, .. _book.GaveUp]);

    public Task<UndecidedAnswer> Undecided()
    {
        ImmutableArray<Subscription> waiting = [.. _book.All.Where(entry => entry.State == SubscriptionState.Pending)];
        var hasOthers = _book.GaveUp.Length > 0 || _book.All.Any(entry => entry.State != SubscriptionState.Pending);

        // Whoever comes online has asked, and asks no more: nothing is kept in memory for a node that nobody watches.
        if (waiting.IsEmpty && !hasOthers && _routes.IsEmpty && _endings.AreNone)
            DeactivateOnIdle();
        return Task.FromResult(new UndecidedAnswer(waiting, hasOthers));
    }

    public async Task Close()
    {
        await End(_book.All.ToImmutableArray(), "noresource");
        _unstored.Clear();
        await _store.Clear();
        DeactivateOnIdle();
    }

    public async Task Ring()
    {
        _alarm.Rang();
        await End(_book.Expired(_clock.Now), "timeout");
        _alarm.WakeBy(_book.NextExpiry);
    }

    private Address Node => NodeKey.Parse(this.GetPrimaryKeyString());

    /// <summary>Whom no route serves any more has no session, so what was bound to one ends.</summary>
    private void Forsake(IReadOnlyCollection<Address> watchers)
    {
        _book = _book.RemoveAll(
        [
            .. from watcher in watchers
               where !_routes.Serves(watcher)
               from entry in _book.Of(watcher)
               where entry.IsSessionBound
               select entry,
        ]);
        if (_routes.IsEmpty)
            DelayDeactivation(TimeSpan.Zero);
    }

    private async Task End(ImmutableArray<Subscription> ended, string why)
    {
        if (ended.IsEmpty)
            return;
        await Commit(_book.Retire(ended), ended.Select(entry => entry.Watcher));
        foreach (var entry in ended)
            _endings.Note(entry, why, _clock.Now);
        await Tell(ended.Select(entry => SubscriptionNotices.Ending(entry, why)));
    }

    /// <summary>In their order and together for each route: many at once must not fill its queue.</summary>
    private async Task Tell(IEnumerable<SubscriptionNotice> notices)
    {
        var routes = from notice in notices from route in _routes.Of(notice.Watcher) group notice by route;
        foreach (var route in routes.ToList())
        {
            foreach (var some in SubscriptionNotices.Together(route))
                await _publisher.Send([route.Key], [], some);
        }
    }

    /// <summary>A gateway of ours looks for itself who watches what; another domain must not see what nobody there may.</summary>
    private ImmutableArray<PropertyDelta> MeantFor(string route, ImmutableArray<PropertyDelta> changes) =>
        changes.RemoveAll(change => !_routes.Watchers(route).Any(watcher =>
            _book.Of(watcher).Any(s => s.State == SubscriptionState.Active && s.Covers(change.Path))));

    /// <summary>Stores first, then takes over: what cannot be stored has not happened.</summary>
    private async Task Commit(SubscriptionBook book, IEnumerable<Address> touched, bool isDurable = true)
    {
        if (isDurable)
        {
            await _store.Store(book, touched.Concat(_unstored));
            _unstored.Clear();
        }

        _book = book;
    }

    /// <summary>While a route is attached the activation stays: routes are known in memory only.</summary>
    private void Attach(IEnumerable<Address> watchers, string route)
    {
        // A route to another domain is found again from what is stored.
        if (_routes.IsEmpty && DomainPair.OfRoute(route) is null)
            DelayDeactivation(TimeSpan.FromDays(36500));
        foreach (var watcher in watchers)
            _routes.Attach(watcher, route);
        _gateways.Watch(route, OwnReference<IGatewayBound>.Of(this, GrainFactory));
    }
}
