using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Alarms;
using Presence.Grains.Domains;
using Presence.Grains.Gateways;
using Presence.Grains.Groups;
using Presence.Grains.Metrics;
using Presence.Grains.Peers;
using Presence.Model.Access;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

internal sealed partial class UserGrain : Grain, IUserGrain, IAlarmed, IGatewayBound
{
    private readonly NodeStore _store;
    private readonly PassphraseRing _passphrases;
    private readonly WatchList _watching;
    private readonly QueryLog _queries;
    private readonly IOptions<GrainOptions> _options;
    private readonly IOptions<AccessOptions> _access;
    private readonly IOptions<GroupOptions> _groups;
    private readonly PresenceClock _clock;
    private readonly GrainAlarm _alarm;
    private readonly GrainMetrics _metrics;
    private readonly GatewayWatch _gateways;
    private readonly UserNode _node;
    private readonly EndpointTable _endpoints;
    private readonly HeldReceipts _receipts = new();
    private readonly Publication _publication;
    private readonly OwnWatchers _subscriptions;
    private readonly WatcherDesk _watchers;
    private readonly Courier _courier;
    private readonly MessageDesk _messages;
    private readonly InvitationDesk _invitations;
    private readonly DomainPolicies _policies;
    private readonly NearGateway _near;
    private readonly UserDesks _desks;
    private readonly Func<AccessPolicy> _policy;
    private DeskWindow? _window;
    private AccessPolicy? _reviewedBy;
    private bool _isKept;

    public UserGrain(
        [PersistentState(NodeStore.StateName, PresenceGrainsExtensions.StorageName)] IPersistentState<NodeRecord> record,
        [PersistentState("outgoing", PresenceGrainsExtensions.StorageName)] IPersistentState<OutgoingRecord> outgoing,
        [PersistentState("queries", PresenceGrainsExtensions.StorageName)] IPersistentState<QueryRecord> queries,
        [PersistentState("requests", PresenceGrainsExtensions.StorageName)] IPersistentState<RequestRecord> requests,
        IOptions<GrainOptions> options,
        IOptions<AccessOptions> access,
        IOptions<GroupOptions> groups,
        PresenceClock clock,
        AlarmClock alarms,
        GrainMetrics metrics,
        IHostedDomains domains,
        GatewayWatch gateways,
        SiloLosses losses,
        DomainPolicies policies,
        NearGateway near,
        UserDesks desks,
        ILogger<UserGrain> logger)
    {
        _near = near;
        _desks = desks;
        _metrics = metrics;
        _options = options;
        _clock = clock;
        _gateways = gateways;
        _alarm = new GrainAlarm(alarms, OwnReference<IAlarmed>.Of(this, GrainFactory));
        _access = access;
        _groups = groups;
        _queries = new QueryLog(queries, AccessRules.Queries);
        var self = NodeKey.Parse(this.GetPrimaryKeyString());
        var rules = policies.Of(self.Domain);
        _policies = policies;
        _policy = () => rules.Policy;
        _node = new UserNode(self, _policy, rules.DefaultsBy) { Changed = ShutWindow };
        _store = new NodeStore(record, _node, DeactivateOnIdle);
        _passphrases = new PassphraseRing(_store);
        _watching = new WatchList(outgoing, () => options.Value.MaxSubscriptions);
        _endpoints = new EndpointTable(() => options.Value.MaxEndpoints, _node.Self, gateways, near, logger)
        {
            Changed = ShutWindow,
        };
        _publication = new Publication(Options.PublishInterval, Options.PublishRate, Options.PublishBurst);
        _subscriptions = new OwnWatchers(GrainFactory.GetSubscriptions(_node.Self));
        _watchers = new WatcherDesk(_node, _endpoints, _subscriptions, _passphrases, Options.Subscriptions);
        _courier = new Courier(_node, _endpoints, losses);
        var admissions = new Admissions(_node, person => Identify(person));
        var neighbours = new Neighbours(GrainFactory, _node.Self, domains, clock);
        _messages = new MessageDesk(
            _node, admissions, _courier, Options, new WaitingStore(requests, DeactivateOnIdle), neighbours);
        _invitations = new InvitationDesk(_node, admissions, _courier, Options, neighbours);
    }

    // As configured now: they may change while the node is in memory.
    private GrainOptions Options => _options.Value;

    private AccessOptions AccessRules => _access.Value;

    private GroupOptions GroupRules => _groups.Value;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _policies.Know(_node.Self.Domain);
        _reviewedBy = _node.Access.Policy;
        if (_store.Load(_clock.Now))
            Show(_node.Properties, null);
        _queries.Load();
        _messages.Requests.Load(_clock.Now);
        _messages.Absence.Load();
        _alarm.WakeBy(_messages.Requests.NextExpiry, _messages.NextExpiry);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        CloseWindow();
        await _queries.Store();
        await _gateways.Leave(
            OwnReference<IGatewayBound>.Of(this, GrainFactory), _node.Self,
            _endpoints.All.Select(bound => bound.Route).Distinct(StringComparer.Ordinal).ToList(), reason);
    }

    public async Task<Refusal?> Create()
    {
        if (_node.Exists)
            return _node.Kind == NodeKinds.User ? null : Refusal.Conflict;
        await _store.Create(NodeStore.Draft(_clock.Now, NodeKinds.User, owner: null), _clock.Now);
        return null;
    }

    public async Task Remove()
    {
        foreach (var bound in _endpoints.All.ToList())
        {
            await _endpoints.Close(bound, "deactivated");
            await Abandon(bound.Session);
        }

        await GrainFactory.GetFinder(_node.Self).Remove(_node.Self.Local!);
        await _subscriptions.Close();
        await _watching.Clear();
        await _queries.Clear();
        await _messages.Requests.Clear();
        await _store.Clear();
        DeactivateOnIdle();
    }

    public async Task Ring()
    {
        _alarm.Rang();
        var now = _clock.Now;
        if (_node.Properties.NextLeaseEnd <= now || _node.View.ReviewAt <= now)
        {
            var ended = _node.Properties.EndLeases(now);
            await Take(ended, why: ended.Deltas.IsEmpty ? null : "lease");
        }

        await ReviewParked();
        await _messages.EndExpired(now);
        await _invitations.EndExpired(now);
        _receipts.EndExpired(now);
        await Publish();
        if (_queries.StoreBy <= now)
            await _queries.Store();
        KeepWhileNeeded();
        _alarm.WakeBy(
            _messages.NextExpiry, _messages.Requests.NextExpiry, _invitations.NextExpiry, _receipts.NextExpiry);
        _alarm.WakeBy(_queries.StoreBy, _node.Properties.NextLeaseEnd, _node.View.ReviewAt);
    }

    /// <summary>Makes a change true: stored if it must last, then shown, then told.</summary>
    private async Task Take(PropertyOutcome outcome, IEnumerable<PropertyChange>? asked = null, string? why = null)
    {
        var touched = outcome.Deltas.Select(d => d.Path).Concat((asked ?? []).Select(c => c.Path)).ToList();
        var mode = PrivacyMode.Of(outcome.Properties);
        var access = mode == _node.Access.Mode ? _node.Access : _node.Access with { Mode = mode };
        var past = _node.PastAfter(access, outcome.Properties, _clock.Now);
        if (past != _node.Past
            || touched.Any(path => IsDurable(_node.Properties[path]) || IsDurable(outcome.Properties[path])))
            await _store.Write(outcome.Properties, access, past);
        var isNewMode = access.Mode != _node.Access.Mode;
        _node.Replace(access, past);
        var next = outcome.Properties with { Version = Math.Max(outcome.Properties.Version, past.Newest) };
        var shown = Show(next, why);
        KeepWhileNeeded();

        if (_subscriptions.AreNone)
        {
            // Who comes to watch later is told the values as they are then.
            await ReviewIfBoundAnew();
        }
        else
        {
            var changed = outcome.Deltas.Where(d => !Model.Composition.PresenceView.IsComposed(d.Path)).Concat(shown);
            _metrics.Coalesced(_publication.Add(changed));
            await Publish();
        }

        if (touched.Any(IsListed))
            await List();
        if (isNewMode)
        {
            await _watchers.Review(person => Identify(person), _clock.Now);
            await _messages.ReviewRequests(_clock.Now);
        }

        await _messages.Requests.DeliverLetIn(_clock.Now);
        await _messages.OfferOrphans(_clock.Now);
        await _messages.DeliverAwaited(_clock.Now);
        _alarm.WakeBy(_messages.NextExpiry, _node.Properties.NextLeaseEnd, _node.View.ReviewAt);

        static bool IsDurable(Property? property) => property is { IsDurable: true };
    }

    /// <summary>
    /// Endpoints and leased values are in memory only: the activation stays while there are any.
    /// </summary>
    private void KeepWhileNeeded()
    {
        var isNeeded = !_endpoints.IsEmpty || _node.Properties.NextLeaseEnd is not null || _messages.HasOrphans;
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
        {
            await ReviewIfBoundAnew();
            _metrics.Published();
            await _subscriptions.Publish(due);
        }
        else if (_publication.IsBeyondRate(_clock.Now))
        {
            _metrics.Held("publish-rate");
        }

        _alarm.WakeBy(_publication.DueAt);
    }

    /// <summary>The domain's administrators have laid down something else: nobody is told anything by the old rules.</summary>
    private async Task ReviewIfBoundAnew()
    {
        var policy = _node.Access.Policy;
        if (ReferenceEquals(policy, _reviewedBy))
            return;
        _reviewedBy = policy;
        await _watchers.Review(person => Identify(person), _clock.Now);
        await _messages.ReviewRequests(_clock.Now);
    }

    /// <summary>
    /// Nobody here: an insider is told, an outsider is answered as by anybody who does not know him. The activation goes
    /// at once, so that asking for names that nobody has fills no memory.
    /// </summary>
    private Refusal? Missing(Asker asker)
    {
        if (_node.Exists)
            return null;
        DeactivateOnIdle();
        return _node.TellsAbsence(asker) ? Refusal.NotFound : Refusal.Forbidden;
    }
}
