using System.Collections.Immutable;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Properties;
using Presence.Model.Substitution;

namespace Presence.Grains.Users;

/// <summary>Stored form of a node: what lasts of its properties, and what the owner has decided about others.</summary>
[GenerateSerializer, Alias("presence.s.node")]
internal sealed class NodeRecord : IGrowingState<NodeRecord>
{
    [NonSerialized] private NodeRecord? _gained;

    [NonSerialized] private int _room;

    /// <summary>When the node was made, milliseconds since 1970.</summary>
    [Id(0)] public long Created { get; set; }

    /// <summary>Random id of this holder of the address: tells a new owner from the old one.</summary>
    [Id(1)] public string NodeId { get; set; } = "";

    [Id(2)] public List<StoredProperty> Properties { get; set; } = [];

    /// <summary>Entries that approvals added to the defaults.</summary>
    [Id(3)] public StoredList Added { get; set; } = new();

    /// <summary>One of <see cref="NodeKinds"/>; never changes.</summary>
    [Id(4)] public string Kind { get; set; } = NodeKinds.User;

    /// <summary>
    /// Who made the node; null for a user. A service or device is his; who owns a group is the group's affair.
    /// </summary>
    [Id(5)] public string? Owner { get; set; }

    [Id(6)] public List<StoredList> Lists { get; set; } = [];

    [Id(7)] public List<StoredPerson> Persons { get; set; } = [];

    [Id(8)] public long PersonsVersion { get; set; }

    [Id(9)] public List<StoredMoment> Moments { get; set; } = [];

    [Id(10)] public List<StoredKept> Kept { get; set; } = [];

    [Id(11)] public List<StoredPassphrase> Passphrases { get; set; } = [];

    public NodeProperties ToProperties()
    {
        var created = DateTimeOffset.FromUnixTimeMilliseconds(Created);
        var version = VersionClock.Next(0, created);
        var all = Properties.Select(p => p.ToProperty())
            .Append(Fixed(StandardPaths.Kind, Kind))
            .Append(Fixed(StandardPaths.NodeId, NodeId))
            .ToImmutableSortedDictionary(p => p.Path, p => p);
        return new NodeProperties(all, all.Values.Max(p => p.Version));

        Property Fixed(PropertyPath path, string text) =>
            new(path, PropertyValue.OfText(text), version, created);
    }

    /// <summary>The node's access as the owner left it, over the defaults given.</summary>
    public NodeAccess ToAccess(NodeAccess defaults) => defaults with
    {
        Owner = Owner is { } owner && Kind != NodeKinds.Group ? StoredText.Address(owner) : defaults.Node,
        Defaults = Kind == NodeKinds.Group ? GroupAccess.Standard : defaults.Defaults,
        Added = Added.ToList(),
        Lists = Lists.ToImmutableSortedDictionary(list => StoredText.Path(list.Path), list => list.ToList()),
        Persons = new PersonList([.. Persons.Select(p => p.ToEntry())], PersonsVersion),
    };

    public PastViews ToPast() => new(
        Moments.ToImmutableSortedDictionary(m => m.Version, m => m.ToMoment()), [.. Kept.Select(k => k.ToKept())]);

    /// <summary>The same node with other contents; what is in memory only, or the server's own, is left out.</summary>
    public NodeRecord With(NodeProperties properties, NodeAccess access, PastViews past) => new()
    {
        Created = Created,
        NodeId = NodeId,
        Kind = Kind,
        Owner = Owner,
        Properties =
        [
            .. properties.All.Values
                .Where(p => p.IsDurable && !StandardPaths.IsReadOnly(p.Path))
                .Select(StoredProperty.Of),
        ],
        Added = StoredList.Of("", access.Added),
        Lists = [.. access.Lists.Select(pair => StoredList.Of(pair.Key.ToString(), pair.Value))],
        Persons = [.. access.Persons.Entries.Select(StoredPerson.Of)],
        PersonsVersion = access.Persons.Version,
        Moments = [.. past.Moments.Values.Select(StoredMoment.Of)],
        Kept = [.. past.Kept.Select(StoredKept.Of)],
        Passphrases = Passphrases,
    };

    /// <summary>The same with more entries from approvals, and nothing else that is another but for versions.</summary>
    /// <param name="added">As it is now: what was there before stands at its beginning.</param>
    /// <param name="personsVersion">Of the two lists of persons, in which nothing has changed.</param>
    public NodeRecord Grown(AccessList added, long personsVersion)
    {
        List<StoredEntry> gained = [.. added.Entries.Skip(Added.Entries.Count).Select(StoredEntry.Of)];
        var grown = (NodeRecord)MemberwiseClone();
        grown.Added = new StoredList { Version = added.Version, Entries = [.. Added.Entries, .. gained] };
        grown.PersonsVersion = personsVersion;
        grown._gained = _room == 0 ? null : new NodeRecord
        {
            Added = new StoredList { Version = added.Version, Entries = gained },
            PersonsVersion = personsVersion,
        };
        return grown;
    }

    NodeRecord? IGrowingState<NodeRecord>.Gained => _gained;

    int IGrowingState<NodeRecord>.Room
    {
        get => _room;
        set => (_room, _gained) = (value, null);
    }

    public void Add(NodeRecord gained)
    {
        Added.Entries.AddRange(gained.Added.Entries);
        Added.Version = gained.Added.Version;
        PersonsVersion = gained.PersonsVersion;
    }
}

/// <summary>Stored form of a property.</summary>
[GenerateSerializer, Alias("presence.s.property")]
internal sealed class StoredProperty
{
    [Id(0)] public string Path { get; set; } = "";

    [Id(1)] public long Version { get; set; }

    [Id(2)] public long ChangedAt { get; set; }

    [Id(3)] public string? Text { get; set; }

    [Id(4)] public byte[]? Body { get; set; }

    [Id(5)] public string? Type { get; set; }

    [Id(6)] public string? Language { get; set; }

    public static StoredProperty Of(Property property) => new()
    {
        Path = property.Path.ToString(),
        Version = property.Version,
        ChangedAt = property.ChangedAt.ToUnixTimeMilliseconds(),
        Text = property.Value.Text,
        Body = property.Value.Text is null ? property.Value.Body.ToArray() : null,
        Type = property.Value.Type,
        Language = property.Value.Language,
    };

    public Property ToProperty() => new(
        StoredText.Path(Path),
        Text is { } text
            ? PropertyValue.OfText(text, Language)
            : PropertyValue.OfBody(Body ?? [], Type ?? "application/octet-stream", Language),
        Version,
        DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt));
}
