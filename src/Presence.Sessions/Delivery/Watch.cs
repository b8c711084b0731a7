using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Delivery;

/// <summary>
/// One subscription as one session sees it. It never tells a version twice or backwards, and what arrives while the
/// subscription is still being made is kept until it is: the change may overtake the answer.
/// </summary>
internal sealed class Watch(
    Session session, Address node, string id, PropertyPath path, bool isSessionBound, int minSeconds = 0)
{
    private readonly Pace? _pace = minSeconds > 0 ? new Pace(TimeSpan.FromSeconds(minSeconds)) : null;
    private Dictionary<(string? View, PropertyPath Path), PropertyDelta>? _early;
    private bool _isOpen;
    private ToldValues _told;
    private string? _view;
    private bool _isActive;
    private bool _isServed;
    private bool _isOver;

    public Session Session { get; } = session;

    public Address Node { get; } = node;

    public string Id { get; } = id;

    public PropertyPath Path { get; } = path;

    public bool IsSessionBound { get; } = isSessionBound;

    /// <summary>What others here were told of the node; set while the watch is served.</summary>
    public NewestValue? Newest { private get; set; }

    /// <summary>True if values may have to wait: somebody must call <see cref="TellHeld"/>.</summary>
    public bool IsPaced => _pace is not null;

    /// <summary>False while the node is being asked for it: the answer is still to come.</summary>
    public bool IsOpen
    {
        get
        {
            lock (Guard)
                return _isOpen;
        }
    }

    // One for all watches of a session, which wait for its outbox anyway: locks of their own were kept by the hundred thousand (bench storm).
    private object Guard => Session.Watches;

    /// <summary>Goes on with what another gateway has told.</summary>
    public static Watch Restore(Session session, SavedWatch saved)
    {
        var watch = new Watch(session, saved.Node, saved.Id, saved.Path, saved.IsSessionBound, saved.MinSeconds);
        foreach (var told in saved.Told)
            watch.Remember(told.Path).Version = told.Version;
        return watch;
    }

    /// <summary>What another gateway must know to go on.</summary>
    public SavedWatch Save(bool mustLeaveRoute)
    {
        lock (Guard)
        {
            return new SavedWatch(
                Node, Id, Path, IsSessionBound, minSeconds,
                [.. _told.All.Select(told => new ToldVersion(told.Path, told.Version))], mustLeaveRoute);
        }
    }

    /// <summary>
    /// Changes from the route stream, for whom they are: those who see this view. They go to the socket with the next flush.
    /// </summary>
    public void Take(ReadOnlySpan<SharedValue> changes, string? view, PendingFlush flush)
    {
        lock (Guard)
        {
            _pace?.Begin(Session.Now);
            foreach (var change in changes)
            {
                if (!Subscription.Covers(Path, change.Delta.Path))
                    continue;
                if (!_isOpen)
                    (_early ??= [])[(view, change.Delta.Path)] = change.Delta;
                else if (_isServed && view == _view)
                    Tell(change, null, flush, isNews: true);
            }
        }
    }

    /// <summary>
    /// The subscription stands: begins with the snapshot, told or only remembered, and with what came early.
    /// </summary>
    /// <param name="state">As the client was told.</param>
    /// <param name="snapshot">Values to begin with.</param>
    /// <param name="tellsSnapshot">False if they are only remembered as told.</param>
    /// <param name="isSilent">True if the watcher was shut out politely: no change is told.</param>
    /// <param name="view">The view that he sees of a node of another domain.</param>
    public void Open(
        SubscriptionState state, ImmutableArray<Property> snapshot, bool tellsSnapshot, bool isSilent = false,
        string? view = null)
    {
        lock (Guard)
        {
            _pace?.Begin(Session.Now);
            _isActive = state == SubscriptionState.Active;
            _isServed = _isActive && !isSilent;
            _view = view;
            if (_isActive)
            {
                // The node of a domain says the same to all who watch it, whatever they watch.
                Begin(
                    snapshot.Where(p => Subscription.Covers(Path, p.Path) && IsNews(p)).Select(PropertyDelta.Of),
                    tellsSnapshot, null);
            }

            var early = _early;
            (_isOpen, _early) = (true, null);
            if (early is null)
                return;
            foreach (var (key, delta) in early)
            {
                if (key.View == view)
                    TellIfServed(delta);
            }
        }
    }

    /// <summary>Which of these values a client that knows this version, and perhaps an earlier session told, does not have.</summary>
    public ImmutableArray<Property> NewerThan(long known, ImmutableArray<Property> snapshot)
    {
        lock (Guard)
        {
            return _isActive
                ? [.. snapshot.Where(p => Subscription.Covers(Path, p.Path) && p.Version > known && IsNotOlder(p))]
                : [];
        }
    }

    /// <summary>Tells these values unless newer ones were told meanwhile.</summary>
    public void TellAgain(ImmutableArray<Property> values)
    {
        lock (Guard)
        {
            _pace?.Begin(Session.Now);
            values = [.. values.Where(value => IsNotOlder(value))];
            foreach (var value in values)
                _told.Find(value.Path)?.Forget();
            Begin(values.Select(PropertyDelta.Of), tells: true, null);
        }
    }

    /// <summary>Tells what had to wait, if the time has come.</summary>
    public void TellHeld()
    {
        lock (Guard)
        {
            _pace?.Begin(Session.Now);
            foreach (var delta in _pace?.TakeHeld() ?? [])
                TellIfServed(delta);
        }
    }

    /// <summary>A change in the state of the subscription.</summary>
    public void Take(SubscriptionNotice notice)
    {
        lock (Guard)
        {
            _pace?.Begin(Session.Now);
            switch (notice.Event)
            {
                case SubscriptionEvent.Activated:
                    _isActive = _isServed = true;
                    _view = notice.View;
                    _told = default;
                    Begin(notice.Values, tells: true, notice);
                    if (notice.Values.IsEmpty)
                        Session.Outbox.TryPut(new StateEvent(this, SubscriptionWords.Word(SubscriptionState.Active), null));
                    break;
                case SubscriptionEvent.Silenced:
                    Begin(notice.Values, tells: true, null);
                    _isServed = false;
                    break;
                case SubscriptionEvent.Resumed:
                    _isServed = true;
                    break;
                case SubscriptionEvent.Moved:
                    _view = notice.View;
                    Begin(notice.Values, tells: true, null);
                    break;
                default:
                    End(notice.Why);
                    break;
            }
        }
    }

    /// <summary>The subscription is over, which is told once: a repair may have found it before the notice came.</summary>
    public void End(string? why)
    {
        lock (Guard)
        {
            _isActive = _isServed = false;
            if (!_isOver)
                Session.Outbox.TryPut(new StateEvent(this, SubscriptionWords.Terminated, why));
            _isOver = true;
        }
    }

    private void Begin(IEnumerable<PropertyDelta> values, bool tells, SubscriptionNotice? notice)
    {
        foreach (var value in values)
        {
            if (tells)
                Tell(value, notice);
            else
                Remember(value.Path).Version = value.Version;

            // The state goes with the first value only.
            notice = null;
        }
    }

    /// <summary>False for a value that was told and only has a newer version: its lease was refreshed, which nobody is told.</summary>
    private bool IsNews(Property value)
    {
        if (_told.Find(value.Path) is not { IsStale: false } told || !value.Value.Equals(told.Value))
            return true;
        told.Version = Math.Max(told.Version, value.Version);
        return false;
    }

    private bool IsNotOlder(Property value) => !(_told.Find(value.Path)?.Version > value.Version);

    private void TellIfServed(PropertyDelta change)
    {
        if (_isServed)
            Tell(change, null);
    }

    private void Tell(PropertyDelta delta, SubscriptionNotice? notice) =>
        Tell(Newest?.Share(delta) ?? new SharedValue(Node, delta), notice, null);

    private void Tell(SharedValue value, SubscriptionNotice? notice, PendingFlush? flush, bool isNews = false)
    {
        var delta = value.Delta;
        var told = Remember(delta.Path);
        var isSameAge = told.IsStale == delta.StaleSince is not null;
        if (delta.Version < told.Version || (delta.Version == told.Version && isSameAge))
            return;

        // The state of a subscription never waits.
        if (notice is not null)
            _pace?.Told();
        else if (_pace?.MustHold(delta) == true)
            return;
        var expires = notice is { Event: SubscriptionEvent.Activated, Expires: { } end }
            ? (long)(end - Session.Now).TotalSeconds
            : (long?)null;
        var isTaken = isNews && expires is null
            ? Session.Outbox.TryPut(value, told, flush)
            : Session.Outbox.TryPut(new ValueEvent(told, value, expires, isNews), null, flush);
        if (!isTaken)
            return;
        told.Version = delta.Version;
        told.Value = delta.Now?.Value;
        told.IsStale = delta.StaleSince is not null;
    }

    private Told Remember(PropertyPath path)
    {
        if (_told.Find(path) is { } known)
            return known;
        var told = new Told(Node, Id, path);
        _told.Add(told);
        return told;
    }
}
