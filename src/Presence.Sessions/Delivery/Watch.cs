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
internal sealed class Watch(Session session, Address node, string id, PropertyPath path, bool isSessionBound)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PropertyPath, long> _told = [];
    private Dictionary<PropertyPath, PropertyDelta>? _early = [];
    private bool _isActive;

    public Session Session { get; } = session;

    public Address Node { get; } = node;

    public string Id { get; } = id;

    public PropertyPath Path { get; } = path;

    public bool IsSessionBound { get; } = isSessionBound;

    /// <summary>Changes from the route stream.</summary>
    public void Take(ImmutableArray<PropertyDelta> changes)
    {
        lock (_lock)
        {
            foreach (var change in changes)
            {
                if (!Subscription.Covers(Path, change.Path))
                    continue;
                if (_early is not null)
                    _early[change.Path] = change;
                else if (_isActive)
                    Tell(change, null);
            }
        }
    }

    /// <summary>
    /// The subscription stands: begins with the snapshot, told or only remembered, and with what came early.
    /// </summary>
    public void Open(SubscriptionState state, ImmutableArray<Property> snapshot, bool tellsSnapshot)
    {
        lock (_lock)
        {
            _isActive = state == SubscriptionState.Active;
            if (_isActive)
                Begin(snapshot.Select(PropertyDelta.Of), tellsSnapshot, null);
            var early = _early;
            _early = null;
            foreach (var change in early?.Values ?? Enumerable.Empty<PropertyDelta>())
                TellIfActive(change);
        }
    }

    /// <summary>A change in the state of the subscription.</summary>
    public void Take(SubscriptionNotice notice)
    {
        lock (_lock)
        {
            switch (notice.Event)
            {
                case SubscriptionEvent.Activated:
                    _isActive = true;
                    _told.Clear();
                    Begin(notice.Values, tells: true, notice);
                    if (notice.Values.IsEmpty)
                        Session.Outbox.TryPut(new StateEvent(this, SubscriptionWords.Word(SubscriptionState.Active), null));
                    break;
                case SubscriptionEvent.Silenced:
                    Begin(notice.Values, tells: true, null);
                    _isActive = false;
                    break;
                case SubscriptionEvent.Resumed:
                    _isActive = true;
                    break;
                default:
                    _isActive = false;
                    Session.Outbox.TryPut(new StateEvent(this, SubscriptionWords.Terminated, notice.Why));
                    break;
            }
        }
    }

    private void Begin(IEnumerable<PropertyDelta> values, bool tells, SubscriptionNotice? notice)
    {
        foreach (var value in values)
        {
            if (tells)
                Tell(value, notice);
            else
                _told[value.Path] = value.Version;

            // The state goes with the first value only.
            notice = null;
        }
    }

    private void TellIfActive(PropertyDelta change)
    {
        if (_isActive)
            Tell(change, null);
    }

    private void Tell(PropertyDelta delta, SubscriptionNotice? notice)
    {
        if (_told.TryGetValue(delta.Path, out var told) && delta.Version <= told)
            return;
        if (Session.Outbox.TryPut(new ValueEvent(this, delta, notice, Session.Now)))
            _told[delta.Path] = delta.Version;
    }
}
