using System.Collections.Immutable;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Grains.Users;

/// <summary>Stored form of a node: what lasts of its properties, and the entries that approvals added.</summary>
[GenerateSerializer, Alias("presence.s.node")]
internal sealed class NodeRecord
{
    /// <summary>When the node was made, milliseconds since 1970.</summary>
    [Id(0)] public long Created { get; set; }

    /// <summary>Random id of this holder of the address: tells a new owner from the old one.</summary>
    [Id(1)] public string NodeId { get; set; } = "";

    [Id(2)] public List<StoredProperty> Properties { get; set; } = [];

    [Id(3)] public List<StoredEntry> Access { get; set; } = [];

    public NodeProperties ToProperties()
    {
        var created = DateTimeOffset.FromUnixTimeMilliseconds(Created);
        var version = VersionClock.Next(0, created);
        var all = Properties.Select(p => p.ToProperty())
            .Append(Fixed(StandardPaths.Kind, "user"))
            .Append(Fixed(StandardPaths.NodeId, NodeId))
            .ToImmutableSortedDictionary(p => p.Path, p => p);
        return new NodeProperties(all, all.Values.Max(p => p.Version));

        Property Fixed(PropertyPath path, string text) =>
            new(path, PropertyValue.OfText(text), version, created);
    }

    public AccessList ToAccess() => new([.. AccessList.Standard.Entries, .. Access.Select(e => e.ToEntry())]);

    /// <summary>The same node with other contents; what is in memory only, or the server's own, is left out.</summary>
    public NodeRecord With(NodeProperties properties, AccessList access) => new()
    {
        Created = Created,
        NodeId = NodeId,
        Properties =
        [
            .. properties.All.Values
                .Where(p => p.IsDurable && !StandardPaths.IsReadOnly(p.Path))
                .Select(StoredProperty.Of),
        ],
        Access = [.. access.Entries.Except(AccessList.Standard.Entries).Select(StoredEntry.Of)],
    };
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

/// <summary>Stored form of an access entry that names a person; the profile's own entries are not stored.</summary>
[GenerateSerializer, Alias("presence.s.access")]
internal sealed class StoredEntry
{
    [Id(0)] public Effect Effect { get; set; }

    [Id(1)] public string Who { get; set; } = "";

    [Id(2)] public Rights Rights { get; set; }

    /// <summary>Null for the presence bundle, else the path at and below which the entry applies.</summary>
    [Id(3)] public string? Path { get; set; }

    public static StoredEntry Of(AccessEntry entry) => new()
    {
        Effect = entry.Effect,
        Who = entry.Principal.ToString(),
        Rights = entry.Rights,
        Path = entry.Scope.IsPresenceBundle ? null : entry.Scope.Path.ToString(),
    };

    public AccessEntry ToEntry() => new(
        Effect,
        Principal.Person(StoredText.Address(Who)),
        Rights,
        Path is null ? Scope.PresenceBundle : Scope.Below(StoredText.Path(Path)));
}
