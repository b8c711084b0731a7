using System.Collections.Immutable;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Composition;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;
using Presence.Model.Substitution;

namespace Presence.Grains.Users;

/// <summary>What a user grain knows of its node in memory, and the questions that rules answer about it.</summary>
internal sealed class UserNode
{
    private readonly Func<AccessPolicy> _policy;
    private readonly Func<AccessProfile, AccessList> _defaults;

    // Of the access that is in force: every change of a property asks.
    private ImmutableArray<long> _moments = [];

    /// <param name="self">Its address.</param>
    /// <param name="policy">What administrators have laid down, as it is now.</param>
    /// <param name="defaults">The list of a node of this domain, by profile, while its owner has set none.</param>
    public UserNode(Address self, Func<AccessPolicy> policy, Func<AccessProfile, AccessList> defaults)
    {
        Self = self;
        _policy = policy;
        _defaults = defaults;
        Access = Defaults;
    }

    public Address Self { get; }

    /// <summary>False for an address that nobody holds.</summary>
    public bool Exists { get; private set; }

    /// <summary>One of <see cref="NodeKinds"/>.</summary>
    public string Kind { get; private set; } = NodeKinds.User;

    public bool IsGroup => Kind == NodeKinds.Group;

    /// <summary>Who made a node that is no user, else null.</summary>
    public Address? Maker { get; private set; }

    public NodeProperties Properties { get; private set; } = NodeProperties.Empty;

    /// <summary>Who may do what, by the rules of the domain that are in force now.</summary>
    public NodeAccess Access
    {
        get
        {
            var policy = _policy();
            if (!ReferenceEquals(field.Policy, policy))
                Access = field with { Policy = policy, Defaults = _defaults(policy.Profile) };
            return field;
        }

        private set
        {
            if (ReferenceEquals(field, value))
                return;
            field = value;
            NamedGroups = [.. value.NamedGroups];
            _moments = [.. value.PastMoments];
        }
    }

    private NodeAccess Defaults => new()
    {
        Node = Self,
        Owner = Self,
        Policy = _policy(),
        Defaults = _defaults(_policy().Profile),
    };

    /// <summary>Groups whose membership a decision depends on; kept, for every message asks.</summary>
    public IReadOnlyList<Address> NamedGroups { get; private set; } = [];

    /// <summary>What those see who were shut out politely.</summary>
    public PastViews Past { get; private set; } = PastViews.Empty;

    public PresenceView View { get; private set; } = PresenceView.Unseen;

    /// <summary>True if the owner wants an event for queries too, and not only the list (<c>privacy/queries</c>).</summary>
    public bool WantsToHearOfQueries => Properties[StandardPaths.PrivacyQueries]?.Value.Text == "tell";

    /// <summary>
    /// Takes back what was stored. A status that an earlier activation told is not stored, so the one of this
    /// activation begins with a version of now: watchers believe only what is newer.
    /// </summary>
    public void Load(NodeRecord record, DateTimeOffset now)
    {
        Exists = true;
        Kind = record.Kind;
        Maker = record.Owner is { } maker ? StoredText.Address(maker) : null;
        var stored = record.ToProperties();
        Access = record.ToAccess(Defaults) with { Mode = PrivacyMode.Of(stored) };
        Past = record.ToPast();
        var unseen = PresenceView.Unseen.Shown;
        var status = unseen[StandardPaths.Status] with
        {
            Version = VersionClock.Next(stored.Version, now),
            ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(record.Created),
        };
        Properties = stored with { Version = status.Version };
        View = new PresenceView(unseen.SetItem(StandardPaths.Status, status), null);
        Changed?.Invoke();
    }

    /// <summary>From here on it is as if nobody had ever held the address.</summary>
    public void Forget()
    {
        Exists = false;
        Kind = NodeKinds.User;
        Maker = null;
        Properties = NodeProperties.Empty;
        Access = Defaults;
        Past = PastViews.Empty;
        View = PresenceView.Unseen;
        Changed?.Invoke();
    }

    /// <summary>Is run after each change, before anybody hears of it.</summary>
    public Action? Changed { private get; set; }

    public void Replace(NodeAccess access, PastViews past)
    {
        (Access, Past) = (access, past);
        Changed?.Invoke();
    }

    public void Replace(NodeProperties properties, PresenceView view)
    {
        (Properties, View) = (properties, view);
        Changed?.Invoke();
    }

    /// <summary>
    /// The views of the past that this change leaves: those that somebody is held at by <paramref name="access"/>, begun
    /// now if they are new, with what <paramref name="next"/> replaces kept for them.
    /// </summary>
    public PastViews PastAfter(NodeAccess access, NodeProperties next, DateTimeOffset now)
    {
        ImmutableArray<long> live = ReferenceEquals(access, Access) ? _moments : [.. access.PastMoments];
        if (live.IsEmpty && Past.Moments.IsEmpty)
            return Past;
        var past = Past.Only(live).Keep(Properties, next);
        return live.Where(moment => !past.Moments.ContainsKey(moment))
            .Aggregate(past, (all, moment) => all.With(PastMoment.Of(next, View, now, moment)));
    }

    /// <summary>
    /// Domains are closed to outsiders and open inside (decision 0005): an insider learns that nobody is there, an outsider gets
    /// what a stranger would get from anybody.
    /// </summary>
    public bool TellsAbsence(Asker asker) =>
        Access.Policy.IsOpen || (asker.Person is { } person && person.Domain.Equals(Self.Domain));

    public Judgement Judge(Asker asker, Rights right, PropertyPath path) => Access.Judge(asker, right, path);

    /// <summary>
    /// A subscription to the root means the whole presence bundle, so it takes the right to all of it: who was granted
    /// the status alone must not learn the note by asking for more.
    /// </summary>
    public Judgement JudgeSubscription(Asker asker, PropertyPath path) => path.IsRoot
        ? StandardPaths.PresenceBundle
            .Select(path => Access.JudgeBelow(asker, Rights.Subscribe, path))
            .MaxBy(judgement => NodeAccess.Strictness(judgement.Verdict))
        : Access.JudgeBelow(asker, Rights.Subscribe, path);

    /// <summary>
    /// Writes by the rules of properties. A compare-and-set of one value speaks of the version that is shown, which for a
    /// composed value is not the one that was written.
    /// </summary>
    public PropertyOutcome Apply(
        ImmutableArray<PropertyChange> changes, long? onlyIf, DateTimeOffset now, PropertyLimits limits)
    {
        if (onlyIf is not { } expected || changes.Length != 1 || !PresenceView.IsComposed(changes[0].Path))
            return Properties.Apply(changes, onlyIf, now, limits);
        var shown = Shown(changes[0].Path)?.Version ?? 0;
        return shown == expected
            ? Properties.Apply(changes, null, now, limits)
            : PropertyOutcome.Refused(Properties, Refusal.VersionMismatch(shown));
    }

    /// <summary>
    /// True if the asker may know whether the user is online, or is made to believe that he does. Nobody else's answers may
    /// depend on it (docs/protocol/access.md, "Presence independence").
    /// </summary>
    public bool KnowsPresence(Asker asker) => Sight.KnowsPresence(Access, asker);

    /// <summary>True if the asker may know the truth: receipts go to nobody else.</summary>
    public bool SeesPresence(Asker asker) => Sight.SeesPresence(Access, asker);

    /// <summary>True if the owner does not want to see in groups whom he has blocked from writing to him.</summary>
    public bool HidesInGroups(Asker author) => Sight.HidesInGroups(Access, Properties, author);

    /// <summary>A property as others see it: composed where composition applies, else as written.</summary>
    public Property? Shown(PropertyPath path) =>
        PresenceView.IsComposed(path) && !IsGroup ? View.Shown.GetValueOrDefault(path) : Properties[path];

    /// <summary>
    /// What a subscription is told at its beginning: what its watcher may also read, as it is or as it was when he was shut
    /// out.
    /// </summary>
    public ImmutableArray<Property> Snapshot(Asker watcher, PropertyPath path) =>
        SeenBy(watcher, seen => Subscription.Covers(path, seen));

    /// <summary>One property, or the readable ones of a container; a refusal that does not tell more than the asker may know.</summary>
    public (Refusal? Refusal, bool IsContainer, ImmutableArray<Property> Properties) Read(Asker asker, PropertyPath path)
    {
        var judgement = Judge(asker, Rights.Read, path);
        var mayRead = judgement.Verdict is Verdict.Allow or Verdict.Fake;
        if (!path.IsRoot && (mayRead ? SeenAt(judgement, path) : Shown(path)) is { } single)
            return mayRead ? (null, false, [single]) : (Refusal.Forbidden, false, []);

        var below = SeenBy(asker, seen => seen.StartsWith(path));
        var isOwner = Access.IsOwner(asker);
        if (!below.IsEmpty || (path.IsRoot && isOwner))
            return (null, true, below);
        return (isOwner || mayRead ? Refusal.NotFound : Refusal.Forbidden, false, []);
    }

    /// <summary>Every property that is asked for and may be read, each as the asker may see it, in the order of paths.</summary>
    private ImmutableArray<Property> SeenBy(Asker asker, Func<PropertyPath, bool> isAskedFor)
    {
        // Judged are only those: a subscription to the status of somebody with many lines and properties looks at one.
        var paths = ShownPaths(isAskedFor);
        if (!Past.Moments.IsEmpty)
            paths = [.. paths.Concat(Past.Paths.Where(isAskedFor)).Distinct()];
        paths.Sort();
        var seen = ImmutableArray.CreateBuilder<Property>(paths.Count);
        foreach (var path in paths)
        {
            if (SeenAt(Judge(asker, Rights.Read, path), path) is { } property)
                seen.Add(property);
        }

        return seen.DrainToImmutable();
    }

    /// <summary>Without the steps of a query: everybody who begins to watch asks (<c>bench storm</c>).</summary>
    private List<PropertyPath> ShownPaths(Func<PropertyPath, bool> isAskedFor)
    {
        List<PropertyPath> paths = [];
        foreach (var (path, _) in Properties.All)
        {
            if (isAskedFor(path) && (IsGroup || !PresenceView.IsComposed(path)))
                paths.Add(path);
        }

        if (IsGroup)
            return paths;
        foreach (var (path, _) in View.Shown)
        {
            if (isAskedFor(path))
                paths.Add(path);
        }

        return paths;
    }

    private Property? SeenAt(Judgement judgement, PropertyPath path) => judgement.Verdict switch
    {
        Verdict.Allow => Shown(path),
        Verdict.Fake => Past.At(judgement.Since, path, Properties),
        _ => null,
    };
}
