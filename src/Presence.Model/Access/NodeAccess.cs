using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Model.Access;

/// <summary>
/// All that decides who may do what with one node, and the decision itself: the only one in this service. An immutable
/// value; it reads no clock and asks nobody. Source: docs/protocol/access.md, "Evaluation".
/// </summary>
public sealed record NodeAccess
{
    public required Address Owner { get; init; }

    /// <summary>The node's own address: it may do everything with itself.</summary>
    public required Address Node { get; init; }

    public AccessPolicy Policy { get; init; } = AccessPolicy.Default;

    /// <summary>What applies at the root while the owner has set no list there.</summary>
    public required AccessList Defaults { get; init; }

    /// <summary>Approvals and denials on top of the defaults.</summary>
    public AccessList Added { get; init; } = AccessList.Empty;

    /// <summary>The lists that the owner has set, by the place where they stand.</summary>
    public ImmutableSortedDictionary<PropertyPath, AccessList> Lists { get; init; } =
        ImmutableSortedDictionary<PropertyPath, AccessList>.Empty;

    public PersonList Persons { get; init; } = PersonList.Empty;

    public PrivacyMode Mode { get; init; }

    /// <summary>Groups whose membership the decision depends on, each once. Looks at every line.</summary>
    public IReadOnlyCollection<Address> NamedGroups
    {
        get
        {
            HashSet<Address> groups = [];
            foreach (var list in Lists.Values)
                AddGroups(groups, list);
            AddGroups(groups, Added);
            AddGroups(groups, Defaults);
            foreach (var entry in Persons.Entries)
            {
                if (entry.Who.Group is { } group)
                    groups.Add(group);
            }

            return groups;
        }
    }

    /// <summary>The moments at which somebody was shut out politely and still is.</summary>
    public IEnumerable<long> PastMoments => Persons.Entries
        .Where(e => e.Effect == PersonEffect.Dropped || e is { Effect: PersonEffect.Block, IsExplicit: false })
        .Select(e => e.Since)
        .Concat(Mode is { IsOnly: true, IsExplicit: false } ? [Mode.Since] : [])
        .Concat(Lists.Values.Append(Added).Where(IsPoliteToSomebody).Select(list => list.Version))
        .Distinct();

    public bool IsOwner(Asker asker) =>
        asker.Person is { } person && (person.Equals(Owner) || person.Equals(Node));

    /// <summary>The list that applies to a path, alone: the nearest one upward.</summary>
    public AccessList ListFor(PropertyPath path) => Find(path).Whole;

    /// <summary>Where that list stands.</summary>
    public PropertyPath PlaceOf(PropertyPath path) => Find(path).Place;

    public Judgement Judge(Asker asker, Rights right, PropertyPath path)
    {
        if (IsOwner(asker))
            return new Judgement(Verdict.Allow);
        var list = Find(path);
        var effect = Policy.Bound(list.FindEntry(asker, right, path)?.Effect ?? Effect.Deny, asker, right, path);
        var shut = ShutOut(asker, right);
        if (shut is null && effect != Effect.Polite)
            return new Judgement((Verdict)effect);
        if (shut is { IsExplicit: true })
            return new Judgement(Verdict.Deny);
        var since = shut?.Since ?? list.Version;
        return effect switch
        {
            Effect.Deny => new Judgement(Verdict.Deny),
            Effect.Ask => new Judgement(Verdict.Mute),
            _ => new Judgement(Verdict.Fake, since),
        };
    }

    /// <summary>The same decision with the reasons for it; not for the owner himself, whom no list concerns.</summary>
    public Explanation Explain(Asker asker, Rights right, PropertyPath path)
    {
        var list = Find(path);
        var line = list.FindEntry(asker, right, path);
        return new Explanation(
            Judge(asker, right, path),
            list.Place,
            line,
            Policy.Bound(line?.Effect ?? Effect.Deny, asker, right, path),
            Persons.Find(PersonEffect.Block, asker, right),
            Mode.IsOnly && Persons.Find(PersonEffect.Allow, asker, right) is null);
    }

    /// <summary>
    /// The right to a whole container: as strict as the strictest that can be told apart at or below it, so that asking
    /// for more never shows what asking for a part would not.
    /// </summary>
    public Judgement JudgeBelow(Asker asker, Rights right, PropertyPath path)
    {
        if (IsOwner(asker))
            return new Judgement(Verdict.Allow);
        var strictest = Judge(asker, right, path);
        foreach (var place in PlacesBelow(path))
        {
            if (Strictness(strictest.Verdict) == Strictness(Verdict.Deny))
                break;
            var judgement = Judge(asker, right, place);
            if (Strictness(judgement.Verdict) > Strictness(strictest.Verdict))
                strictest = judgement;
        }

        return strictest;
    }

    /// <summary>Order by what an asker gets: everything, a view of the past, a wait, a wait for ever, nothing.</summary>
    public static int Strictness(Verdict verdict) => verdict switch
    {
        Verdict.Allow => 0,
        Verdict.Fake => 1,
        Verdict.Ask => 2,
        Verdict.Mute => 3,
        _ => 4,
    };

    /// <summary>Replaces the list at a place; an empty one is taken away, and the next one upward applies again.</summary>
    public NodeAccess WithList(PropertyPath place, AccessList list) => list.Entries.IsEmpty
        ? this with { Lists = Lists.Remove(place), Added = place.IsRoot ? new AccessList([], list.Version) : Added }
        : this with { Lists = Lists.SetItem(place, list) };

    /// <summary>Changes the list that applies to a path, where it stands.</summary>
    public NodeAccess Amend(PropertyPath path, long version, Func<AccessList, AccessList> how)
    {
        var (place, list, _) = Find(path);
        return Lists.ContainsKey(place)
            ? this with { Lists = Lists.SetItem(place, how(list) with { Version = version }) }
            : this with { Added = how(Added) with { Version = version } };
    }

    /// <summary>
    /// True if it comes from <paramref name="former"/> by approvals that only added entries: everything else is the very same, but
    /// for versions.
    /// </summary>
    public bool HasOnlyGained(NodeAccess former) =>
        ReferenceEquals(Lists, former.Lists) && Persons.Entries == former.Persons.Entries
        && Owner.Equals(former.Owner) && Mode == former.Mode && Added.Continues(former.Added);

    /// <summary>Places below a path at which a decision can differ from that at the path itself, each once.</summary>
    private HashSet<PropertyPath> PlacesBelow(PropertyPath path)
    {
        HashSet<PropertyPath> places = [];
        foreach (var (place, list) in Lists)
        {
            if (!place.StartsWith(path))
                continue;
            places.Add(place);
            AddScopes(list);
        }

        var applying = Find(path);
        AddScopes(applying.List);
        if (applying.Defaults is { } defaults)
            AddScopes(defaults);
        AddScopes(Policy.Ceiling);
        places.Remove(path);
        return places;

        void AddScopes(AccessList list)
        {
            foreach (var entry in list.Entries)
            {
                // Most stand at the path itself, which is no place below it.
                if (entry.Scope.Path is var scope && scope != path && scope.StartsWith(path))
                    places.Add(scope);
            }
        }
    }

    private Applying Find(PropertyPath path)
    {
        for (var place = path; ; place = place.Parent)
        {
            if (Lists.TryGetValue(place, out var list))
                return new Applying(place, list, null);
            if (place.IsRoot)
                return new Applying(place, Added, Defaults);
        }
    }

    private Shut? ShutOut(Asker asker, Rights right)
    {
        var block = Persons.Find(PersonEffect.Block, asker, right);
        if (block is not null)
            return new Shut(block.IsExplicit, block.Since);
        if (!Mode.IsOnly || Persons.Find(PersonEffect.Allow, asker, right) is not null)
            return null;
        var dropped = Persons.Find(PersonEffect.Dropped, asker, right);
        return new Shut(Mode.IsExplicit, Math.Max(Mode.Since, dropped?.Since ?? 0));
    }

    private static void AddGroups(HashSet<Address> groups, AccessList list)
    {
        foreach (var entry in list.Entries)
        {
            if (entry.Principal.Group is { } group)
                groups.Add(group);
        }
    }

    private static bool IsPoliteToSomebody(AccessList list) => list.Entries.Any(e => e.Effect == Effect.Polite);

    private sealed record Shut(bool IsExplicit, long Since);

    /// <summary>
    /// The list that applies, in two parts at the root: what was added, and the defaults. They are put together only for who wants
    /// to see them, since every decision passes here.
    /// </summary>
    private readonly record struct Applying(PropertyPath Place, AccessList List, AccessList? Defaults)
    {
        public long Version => List.Version;

        public AccessList Whole => Defaults is null ? List
            : List.Entries.IsEmpty ? Defaults with { Version = Version }
            : new AccessList([.. List.Entries, .. Defaults.Entries], Version);

        public AccessEntry? FindEntry(Asker asker, Rights right, PropertyPath path) =>
            AccessList.Stronger(List.FindEntry(asker, right, path), Defaults?.FindEntry(asker, right, path));
    }
}
