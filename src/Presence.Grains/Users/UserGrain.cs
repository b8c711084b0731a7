using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Contracts.Subscriptions;
using Presence.Contracts.Users;
using Presence.Grains.Alarms;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Users;

internal sealed class UserGrain : Grain, IUserGrain, IAlarmed
{
    private readonly NodeStore _store;
    private readonly WatchList _watching;
    private readonly GrainOptions _options;
    private readonly PresenceClock _clock;
    private readonly GrainAlarm _alarm;
    private readonly UserNode _node;
    private readonly EndpointTable _endpoints;
    private readonly Publication _publication;
    private readonly ISubscriptionGrain _subscriptions;
    private readonly WatcherDesk _watchers;
    private readonly MessageDesk _messages;
    private bool _isKept;

    public UserGrain(
        [PersistentState("node", PresenceGrainsExtensions.StorageName)] IPersistentState<NodeRecord> record,
        [PersistentState("outgoing", PresenceGrainsExtensions.StorageName)] IPersistentState<OutgoingRecord> outgoing,
        IOptions<GrainOptions> options,
        PresenceClock clock,
        AlarmClock alarms,
        ILogger<UserGrain> logger)
    {
        _options = options.Value;
        _clock = clock;
        _alarm = new GrainAlarm(alarms, this.AsReference<IAlarmed>());
        _node = new UserNode(NodeKey.Parse(this.GetPrimaryKeyString()));
        _store = new NodeStore(record, _node, DeactivateOnIdle);
        _watching = new WatchList(outgoing, _options.Subscriptions.MaxOutgoing);
        _endpoints = new EndpointTable(_options.MaxEndpoints, logger);
        _publication = new Publication(_options.PublishInterval);
        _subscriptions = GrainFactory.GetSubscriptions(_node.Self);
        _watchers = new WatcherDesk(_node, _endpoints, _subscriptions, _options.Subscriptions);
        _messages = new MessageDesk(_node, _endpoints, _options.Inbox, GrainFactory);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (_store.Load(_clock.Now))
            Show(_node.Properties, null);
        return Task.CompletedTask;
    }

    public Task Create() => _node.Exists ? Task.CompletedTask : _store.Create(_clock.Now);

    public async Task Remove()
    {
        foreach (var bound in _endpoints.All.ToList())
        {
            await _endpoints.Close(bound, "deactivated");
            await _messages.Abandon(bound.Session, _clock.Now);
        }

        await _subscriptions.Close();
        await _watching.Clear();
        await _store.Clear();
        DeactivateOnIdle();
    }

    public async Task<BindAnswer> Bind(EndpointBinding binding)
    {
        if (!_node.Exists)
            return BindAnswer.Refused(Refusal.NotFound);
        if (_endpoints.Check(binding) is { } refusal)
            return BindAnswer.Refused(refusal);
        var replaced = _endpoints.Find(binding.Endpoint);
        var outcome = Occupy(binding, isTakeOver: replaced is not null);
        if (outcome.Refusal is { } bad)
            return BindAnswer.Refused(bad);

        // The new session stands in the place of the old one before anybody is told: watchers see no gap.
        _endpoints.Put(binding);
        await Take(outcome);
        if (replaced is not null)
        {
            await _endpoints.Close(replaced, "replaced");
            await _messages.Abandon(replaced.Session, _clock.Now);
        }

        return new BindAnswer(null, _watching.Current(_clock.Now), await _watchers.WaitingRequests());
    }

    public async Task Unbind(string endpoint, string session)
    {
        if (!_endpoints.Remove(endpoint, session))
            return;
        await Take(_node.Properties.ForgetEndpoint(endpoint, _clock.Now));
        await _messages.Abandon(session, _clock.Now);
    }

    public async Task<WriteAnswer> Write(WriteRequest request)
    {
        if (Missing(request.Asker) is { } missing)
            return WriteAnswer.Refused(missing);
        if (request.Changes.Any(c => _node.Decide(request.Asker, Rights.Write, c.Path) != Effect.Allow))
            return WriteAnswer.Refused(Refusal.Forbidden);
        var outcome = _node.Apply(request.Changes, request.OnlyIf, _clock.Now, _options.Properties);
        if (outcome.Refusal is { } refusal)
            return WriteAnswer.Refused(refusal);
        await Take(outcome, request.Changes);
        return new WriteAnswer(null, outcome.Properties.Version);
    }

    public Task<ReadAnswer> Read(ReadRequest request)
    {
        if (!_node.Exists && _node.TellsAbsence(request.Asker))
            return Task.FromResult(ReadAnswer.Refused(Refusal.NotFound));
        var (refusal, isContainer, properties) = _node.Read(request.Asker, request.Path);
        return Task.FromResult(new ReadAnswer(refusal, isContainer, properties));
    }

    public Task<SubscribeAnswer> Subscribe(SubscribeRequest request) => _watchers.Subscribe(request, _clock.Now);

    public async Task<bool> Unsubscribe(Address watcher, string id)
    {
        if (await _subscriptions.Remove(watcher, id) is not { } ended)
            return false;
        if (ended.State != SubscriptionState.Denied && !watcher.Equals(_node.Self))
            await _endpoints.DeliverToAll(new WatcherNotice(watcher, ended.Path, null, _clock.Now));
        return true;
    }

    public async Task<ImmutableArray<AttachedSubscription>> Attach(Address watcher, string route)
    {
        var entries = await _subscriptions.Attach(watcher, route);
        return [.. entries.Select(s => new AttachedSubscription(s.Id, s.Path, s.SeenAs, _watchers.SnapshotFor(s)))];
    }

    public async Task<WriteAnswer> Approve(ApprovalRequest request)
    {
        if (!request.Asker.Equals(_node.Self) || !_node.Exists)
            return WriteAnswer.Refused(Refusal.Forbidden);
        var version = await _store.Write(
            Approval.Grant(_node.Access, request.Who, request.Path, request.Rights), _clock.Now);
        await _watchers.Approve(request.Who);
        return new WriteAnswer(null, version);
    }

    public async Task<WriteAnswer> Deny(DenialRequest request)
    {
        if (!request.Asker.Equals(_node.Self) || !_node.Exists)
            return WriteAnswer.Refused(Refusal.Forbidden);
        var version = await _store.Write(
            Approval.Withdraw(_node.Access, request.Who, request.IsExplicit), _clock.Now);
        await _watchers.TurnAway(request.Who, request.IsExplicit, _clock.Now);
        return new WriteAnswer(null, version);
    }

    public async Task<WatchersAnswer> ListWatchers(Address asker) => asker.Equals(_node.Self)
        ? new WatchersAnswer(null, await _subscriptions.List())
        : new WatchersAnswer(Missing(asker) ?? Refusal.Forbidden, []);

    public Task<Refusal?> RememberWatching(WatchedNode watched) => _watching.Remember(watched, _clock.Now);

    public Task<ImmutableArray<WatchedNode>> ListWatching() => Task.FromResult(_watching.Current(_clock.Now));

    public Task<WatchedNode?> ForgetWatching(string id) => _watching.Forget(id);

    public async Task<Refusal?> Receive(InstantMessage message)
    {
        var refusal = await _messages.Receive(message, _clock.Now);
        _alarm.WakeBy(message.Expires);
        return refusal;
    }

    public Task Acknowledge(string session, ImmutableArray<MessageKey> messages) =>
        _messages.Acknowledge(session, messages, _clock.Now);

    public Task<Refusal?> ReportDisplayed(MessageKey message, Disposition disposition) =>
        _messages.ReportDisplayed(message, disposition, _clock.Now);

    public Task TakeReceipt(Receipt receipt) => _endpoints.DeliverToAll(new ReceiptNotice(receipt));

    public async Task Ring()
    {
        _alarm.Rang();
        var now = _clock.Now;
        if (_node.Properties.NextLeaseEnd <= now || _node.View.ReviewAt <= now)
        {
            var ended = _node.Properties.EndLeases(now);
            await Take(ended, why: ended.Deltas.IsEmpty ? null : "lease");
        }

        await _messages.EndExpired(now);
        await Publish();
        _alarm.WakeBy(_messages.NextExpiry, _node.Properties.NextLeaseEnd, _node.View.ReviewAt);
    }

    /// <summary>The node once the endpoint is bound: nothing of the last session, and the shown status.</summary>
    private PropertyOutcome Occupy(EndpointBinding binding, bool isTakeOver)
    {
        var cleared = isTakeOver
            ? _node.Properties.ForgetEndpoint(binding.Endpoint, _clock.Now)
            : new PropertyOutcome(_node.Properties, [], null);
        if (binding.Show is not { } status)
            return cleared;
        var show = new PropertyChange(
            StandardPaths.OfEndpoint(binding.Endpoint, "status"), PropertyValue.OfText(status));
        var shown = cleared.Properties.Apply([show], null, _clock.Now, _options.Properties);
        return shown with { Deltas = cleared.Deltas.AddRange(shown.Deltas) };
    }

    /// <summary>Makes a change true: stored if it must last, then shown, then told.</summary>
    private async Task Take(PropertyOutcome outcome, IEnumerable<PropertyChange>? asked = null, string? why = null)
    {
        var touched = outcome.Deltas.Select(d => d.Path).Concat((asked ?? []).Select(c => c.Path));
        if (touched.Any(path => IsDurable(_node.Properties[path]) || IsDurable(outcome.Properties[path])))
            await _store.Write(outcome.Properties);
        var shown = Show(outcome.Properties, why);
        _publication.Add(outcome.Deltas.Where(d => !Model.Composition.PresenceView.IsComposed(d.Path)).Concat(shown));
        KeepWhileNeeded();
        await Publish();
        _alarm.WakeBy(_node.Properties.NextLeaseEnd, _node.View.ReviewAt);

        static bool IsDurable(Property? property) => property is { IsDurable: true };
    }

    /// <summary>Endpoints and leased values are in memory only: the activation stays while there are any.</summary>
    private void KeepWhileNeeded()
    {
        var isNeeded = !_endpoints.IsEmpty || _node.Properties.NextLeaseEnd is not null;
        if (isNeeded == _isKept)
            return;
        _isKept = isNeeded;
        DelayDeactivation(isNeeded ? TimeSpan.FromDays(36500) : TimeSpan.Zero);
    }

    private ImmutableArray<PropertyDelta> Show(NodeProperties properties, string? why)
    {
        var (view, next, deltas) = _node.View.Recompose(properties, _endpoints.Priorities, _clock.Now, why);
        _node.Replace(next, view);
        return deltas;
    }

    private async Task Publish()
    {
        var due = _publication.Take(_clock.Now);
        if (!due.IsEmpty)
            await _subscriptions.Publish(due);
        _alarm.WakeBy(_publication.DueAt);
    }

    /// <summary>
    /// Nobody here: an insider is told, an outsider is answered as by anybody who does not know him. The activation goes
    /// at once, so that asking for names that nobody has fills no memory.
    /// </summary>
    private Refusal? Missing(Address asker)
    {
        if (_node.Exists)
            return null;
        DeactivateOnIdle();
        return _node.TellsAbsence(asker) ? Refusal.NotFound : Refusal.Forbidden;
    }
}
