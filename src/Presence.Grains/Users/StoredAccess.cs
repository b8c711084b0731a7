using Presence.Model.Access;
using Presence.Model.Substitution;

namespace Presence.Grains.Users;

/// <summary>Stored form of one line of an access list.</summary>
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
        StoredText.Principal(Who),
        Rights,
        Path is null ? Scope.PresenceBundle : Scope.Below(StoredText.Path(Path)));
}

/// <summary>Stored form of an access list and of the place where it stands.</summary>
[GenerateSerializer, Alias("presence.s.list")]
internal sealed class StoredList
{
    [Id(0)] public string Path { get; set; } = "";

    [Id(1)] public long Version { get; set; }

    [Id(2)] public List<StoredEntry> Entries { get; set; } = [];

    public static StoredList Of(string path, AccessList list) =>
        new() { Path = path, Version = list.Version, Entries = [.. list.Entries.Select(StoredEntry.Of)] };

    public AccessList ToList() => new([.. Entries.Select(e => e.ToEntry())], Version);
}

/// <summary>Stored form of one line of the block list or the allow list.</summary>
[GenerateSerializer, Alias("presence.s.person")]
internal sealed class StoredPerson
{
    [Id(0)] public PersonEffect Effect { get; set; }

    [Id(1)] public string Who { get; set; } = "";

    [Id(2)] public bool IsExplicit { get; set; }

    [Id(3)] public Rights Scope { get; set; }

    [Id(4)] public long Since { get; set; }

    public static StoredPerson Of(PersonEntry entry) => new()
    {
        Effect = entry.Effect,
        Who = entry.Who.ToString(),
        IsExplicit = entry.IsExplicit,
        Scope = entry.Scope,
        Since = entry.Since,
    };

    public PersonEntry ToEntry() => new(Effect, StoredText.Principal(Who), IsExplicit, Scope, Since);
}

/// <summary>Stored form of a moment that somebody is held at.</summary>
[GenerateSerializer, Alias("presence.s.moment")]
internal sealed class StoredMoment
{
    [Id(0)] public long Version { get; set; }

    [Id(1)] public List<StoredProperty> Replaced { get; set; } = [];

    [Id(2)] public List<string> Gone { get; set; } = [];

    public static StoredMoment Of(PastMoment moment) => new()
    {
        Version = moment.Version,
        Replaced = [.. moment.Replaced.Select(StoredProperty.Of)],
        Gone = [.. moment.Gone.Select(path => path.ToString())],
    };

    public PastMoment ToMoment() => new(
        Version, [.. Replaced.Select(p => p.ToProperty())], [.. Gone.Select(StoredText.Path)]);
}

/// <summary>Stored form of a replaced value that somebody still sees.</summary>
[GenerateSerializer, Alias("presence.s.kept")]
internal sealed class StoredKept
{
    [Id(0)] public StoredProperty Value { get; set; } = new();

    [Id(1)] public long Until { get; set; }

    public static StoredKept Of(KeptValue kept) => new() { Value = StoredProperty.Of(kept.Value), Until = kept.Until };

    public KeptValue ToKept() => new(Value.ToProperty(), Until);
}

/// <summary>Stored form of what is kept of a passphrase.</summary>
[GenerateSerializer, Alias("presence.s.passphrase")]
internal sealed class StoredPassphrase
{
    [Id(0)] public string Id { get; set; } = "";

    [Id(1)] public byte[] Salt { get; set; } = [];

    [Id(2)] public byte[] Key { get; set; } = [];

    public static StoredPassphrase Of(PassphraseVerifier verifier) =>
        new() { Id = verifier.Id, Salt = verifier.Salt.ToArray(), Key = verifier.Key.ToArray() };

    public PassphraseVerifier ToVerifier() => new(Id, Salt, Key);
}
