using System.Collections.Immutable;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Composition;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Users;

/// <summary>What a user grain knows of its node in memory, and the questions that rules answer about it.</summary>
internal sealed class UserNode(Address self)
{
    public Address Self { get; } = self;

    /// <summary>False for an address that nobody holds.</summary>
    public bool Exists { get; private set; }

    public NodeProperties Properties { get; private set; } = NodeProperties.Empty;

    public AccessList Access { get; private set; } = AccessList.Standard;

    public PresenceView View { get; private set; } = PresenceView.Unseen;

    /// <summary>
    /// Takes back what was stored. A status that an earlier activation told is not stored, so the one of this
    /// activation begins with a version of now: watchers believe only what is newer.
    /// </summary>
    public void Load(NodeRecord record, DateTimeOffset now)
    {
        Exists = true;
        Access = record.ToAccess();
        var stored = record.ToProperties();
        var unseen = PresenceView.Unseen.Shown;
        var status = unseen[StandardPaths.Status] with { Version = VersionClock.Next(stored.Version, now) };
        Properties = stored with { Version = status.Version };
        View = new PresenceView(unseen.SetItem(StandardPaths.Status, status), null);
    }

    /// <summary>From here on it is as if nobody had ever held the address.</summary>
    public void Forget()
    {
        Exists = false;
        Properties = NodeProperties.Empty;
        Access = AccessList.Standard;
        View = PresenceView.Unseen;
    }

    public void Replace(AccessList access) => Access = access;

    public void Replace(NodeProperties properties, PresenceView view)
    {
        Properties = properties;
        View = view;
    }

    /// <summary>
    /// Domains are closed to outsiders and open inside (decision 0005): an insider learns that nobody is there, an outsider gets
    /// what a stranger would get from anybody.
    /// </summary>
    public bool TellsAbsence(Address asker) => asker.Domain.Equals(Self.Domain);

    public Effect Decide(Address asker, Rights right, PropertyPath path) =>
        asker.Equals(Self) ? Effect.Allow : Access.Decide(asker, right, path);

    /// <summary>
    /// A subscription to the root means the whole presence bundle, so it takes the right to all of it: who was granted
    /// the status alone must not learn the note by asking for more.
    /// </summary>
    public Effect DecideSubscription(Address asker, PropertyPath path) => path.IsRoot
        ? StandardPaths.PresenceBundle.Max(name => Decide(asker, Rights.Subscribe, PropertyPath.Root.Append(name)))
        : Decide(asker, Rights.Subscribe, path);

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
    /// True if the asker may know whether the user is online. Nobody else's answers may depend on it
    /// (docs/protocol/access.md, "Presence independence").
    /// </summary>
    public bool KnowsPresence(Address asker) =>
        Decide(asker, Rights.Read, StandardPaths.Status) == Effect.Allow
        || Decide(asker, Rights.Subscribe, StandardPaths.Status) == Effect.Allow;

    /// <summary>A property as others see it: composed where composition applies, else as written.</summary>
    public Property? Shown(PropertyPath path) =>
        PresenceView.IsComposed(path) ? View.Shown.GetValueOrDefault(path) : Properties[path];

    public IEnumerable<Property> AllShown =>
        Properties.All.Values.Where(p => !PresenceView.IsComposed(p.Path)).Concat(View.Shown.Values)
            .OrderBy(p => p.Path);

    /// <summary>What a subscription to this path is told.</summary>
    public ImmutableArray<Property> Snapshot(PropertyPath path) =>
        [.. AllShown.Where(p => Subscription.Covers(path, p.Path))];

    /// <summary>One property, or the readable ones of a container; a refusal that does not tell more than the asker may know.</summary>
    public (Refusal? Refusal, bool IsContainer, ImmutableArray<Property> Properties) Read(Address asker, PropertyPath path)
    {
        var mayRead = Decide(asker, Rights.Read, path) == Effect.Allow;
        if (!path.IsRoot && Shown(path) is { } single)
            return mayRead ? (null, false, [single]) : (Refusal.Forbidden, false, []);

        ImmutableArray<Property> below =
        [
            .. AllShown.Where(p => p.Path.StartsWith(path) && Decide(asker, Rights.Read, p.Path) == Effect.Allow),
        ];
        if (!below.IsEmpty || (path.IsRoot && asker.Equals(Self)))
            return (null, true, below);
        return (asker.Equals(Self) || mayRead ? Refusal.NotFound : Refusal.Forbidden, false, []);
    }
}
