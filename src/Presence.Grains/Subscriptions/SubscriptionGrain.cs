using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Contracts.Subscriptions;
using Presence.Grains.Alarms;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Subscriptions;

internal sealed class SubscriptionGrain : Grain, ISubscriptionGrain, IAlarmed
{
    private readonly IPersistentState<SubscriptionRecord> _record;
    private readonly PresenceClock _clock;
    private readonly GrainAlarm _alarm;
    private readonly RoutePublisher _publisher;
    private readonly RouteTable _routes = new();
    private SubscriptionBook _book = SubscriptionBook.Empty;

    public SubscriptionGrain(
        [PersistentState("subscriptions", PresenceGrainsExtensions.StorageName)]
        IPersistentState<SubscriptionRecord> record,
        PresenceClock clock,
        AlarmClock alarms,
        ILogger<SubscriptionGrain> logger)
    {
        _record = record;
        _clock = clock;
        _alarm = new GrainAlarm(alarms, this.AsReference<IAlarmed>());
        _publisher = new RoutePublisher(NodeKey.Parse(this.GetPrimaryKeyString()), logger);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _book = _record.State.ToBook();
        _publisher.Open(this.GetStreamProvider(RouteStreams.Provider));
        _alarm.WakeBy(_book.NextExpiry);
        return Task.CompletedTask;
    }

    public async Task<PutAnswer> Put(Subscription asked, string route)
    {
        var before = _book.Find(asked.Watcher, asked.Id);
        var (book, entry) = _book.Put(asked);
        await Commit(book, isDurable: !entry.IsSessionBound || before is { IsSessionBound: false });
        Attach(asked.Watcher, route);
        _alarm.WakeBy(entry.Expires);
        return new PutAnswer(entry, before is null && entry.State != SubscriptionState.Denied);
    }

    public async Task<Subscription?> Remove(Address watcher, string id)
    {
        if (_book.Find(watcher, id) is not { } entry)
            return null;
        await Commit(_book.Remove(entry), isDurable: !entry.IsSessionBound);
        return entry;
    }

    Task<ImmutableArray<Subscription>> ISubscriptionGrain.Attach(Address watcher, string route)
    {
        var entries = _book.Of(watcher);
        if (!entries.IsEmpty)
            Attach(watcher, route);
        return Task.FromResult(entries);
    }

    public Task Detach(Address watcher, string route)
    {
        _routes.Detach(watcher, route);
        if (!_routes.Serves(watcher))
        {
            _book = _book.RemoveAll(_book.Of(watcher).Where(s => s.IsSessionBound));
        }

        if (_routes.IsEmpty)
            DelayDeactivation(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public async Task Publish(ImmutableArray<PropertyDelta> changes)
    {
        var routes = _routes.With(watcher => _book.Of(watcher).Any(s => s.State == SubscriptionState.Active));
        await _publisher.Send(routes.ToList(), changes, []);
    }

    public async Task Activate(Address watcher, ImmutableArray<string> ids, ImmutableArray<Property> snapshot)
    {
        var (book, moved) = _book.Move(
            watcher,
            entry => ids.Contains(entry.Id),
            entry => entry with { State = SubscriptionState.Active, SeenAs = SubscriptionState.Active, Farewell = null });
        await Commit(book);
        await Tell(moved, entry => Notice(entry, SubscriptionEvent.Activated, null, entry.Expires, snapshot));
    }

    public async Task TurnAway(Address watcher, bool isExplicit, Property farewell)
    {
        if (isExplicit)
        {
            await End(_book.Of(watcher), "rejected");
            return;
        }

        var (book, moved) = _book.Move(
            watcher,
            entry => entry.State != SubscriptionState.Denied,
            entry => entry with { State = SubscriptionState.Denied, Farewell = farewell });
        await Commit(book);
        await Tell(
            moved.Where(entry => entry.SeenAs == SubscriptionState.Active),
            entry => Notice(entry, SubscriptionEvent.Silenced, null, entry.Expires, [farewell]));
    }

    public Task<ImmutableArray<Subscription>> List() => Task.FromResult(_book.All.ToImmutableArray());

    public async Task Close()
    {
        await End(_book.All.ToImmutableArray(), "noresource");
        await _record.ClearStateAsync();
        DeactivateOnIdle();
    }

    public async Task Ring()
    {
        _alarm.Rang();
        var (_, ended) = _book.EndExpired(_clock.Now);
        await End(ended, "timeout");
        _alarm.WakeBy(_book.NextExpiry);
    }

    private async Task End(ImmutableArray<Subscription> ended, string why)
    {
        if (ended.IsEmpty)
            return;
        await Commit(_book.RemoveAll(ended));
        await Tell(ended, entry => Notice(entry, SubscriptionEvent.Terminated, why, null, []));
    }

    /// <summary>Stores first, then takes over: what cannot be stored has not happened.</summary>
    private async Task Commit(SubscriptionBook book, bool isDurable = true)
    {
        if (isDurable)
        {
            _record.State = SubscriptionRecord.Of(book);
            await _record.WriteStateAsync();
        }

        _book = book;
    }

    private async Task Tell(IEnumerable<Subscription> entries, Func<Subscription, SubscriptionNotice> notice)
    {
        foreach (var entry in entries)
            await _publisher.Send(_routes.Of(entry.Watcher).ToList(), [], [notice(entry)]);
    }

    private static SubscriptionNotice Notice(
        Subscription entry, SubscriptionEvent @event, string? why, DateTimeOffset? expires,
        ImmutableArray<Property> snapshot) =>
        new(entry.Watcher, entry.Id, entry.Path, @event, why, expires,
            [.. snapshot.Where(property => entry.Covers(property.Path))]);

    /// <summary>While a route is attached the activation stays: routes are known in memory only.</summary>
    private void Attach(Address watcher, string route)
    {
        if (_routes.IsEmpty)
            DelayDeactivation(TimeSpan.FromDays(36500));
        _routes.Attach(watcher, route);
    }
}
