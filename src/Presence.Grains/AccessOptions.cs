using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;

namespace Presence.Grains;

/// <summary>What the administrators of the hosted domains lay down. Configuration section <c>Presence:Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "Presence:Access";

    private AccessPolicy? _policy;

    /// <summary>Defaults of nodes whose owners have said nothing: Standard, Corporate, Strict or Open; default Standard.</summary>
    public AccessProfile Profile { get; init; }

    /// <summary>True if strangers are told that an address does not exist; default false. Users of a domain always are.</summary>
    public bool OpenToEnumeration { get; init; }

    /// <summary>Lines of an access list that make owners' decisions stricter, for example <c>deny *@b.example all</c>.</summary>
    public IList<string> Ceiling { get; init; } = [];

    /// <summary>Lines of an access list that grant at least this much, whatever an owner's list says; blocks stand above them.</summary>
    public IList<string> Floor { get; init; } = [];

    /// <summary>
    /// Addresses of users who may lay down ceilings and floors for their own domain by SETACL on its node, beside those of configuration;
    /// default none.
    /// </summary>
    public IList<string> Administrators { get; init; } = [];

    /// <summary>Lines of one access list, of the block list and of the allow list: 1–10 000, default 1 000; one more is refused with 431.</summary>
    public int MaxEntries { get; init; } = 1000;

    /// <summary>Access lists of one node: 1–256, default 64; one more is refused with 431.</summary>
    public int MaxLists { get; init; } = 64;

    /// <summary>Askers that a user can look back on, 0–100 000, default 1 000; 0 keeps nothing (decision 0012).</summary>
    public int MaxQueries { get; init; } = QueryLimits.Default.MaxEntries;

    /// <summary>For how long, 1 min–10 years, default 30 days.</summary>
    public TimeSpan QueryRetention { get; init; } = QueryLimits.Default.Retention;

    /// <summary>True to count queries and keep no names; default false.</summary>
    public bool QueryCountsOnly { get; init; }

    /// <summary>True for an administrator of the domain: one of his own.</summary>
    internal bool IsAdministrator(Address person, Domain domain) => person.Domain.Equals(domain)
        && Administrators.Any(one => Address.TryParse(one, out var known, out _) && known.Equals(person));

    public QueryLimits Queries => new(MaxQueries, QueryRetention, QueryCountsOnly);

    internal AccessPolicy Policy => _policy ??= ToPolicy();

    /// <summary>The same as a rule. Throws <see cref="FormatException"/> with the line that cannot be read.</summary>
    public AccessPolicy ToPolicy() => new(
        Profile,
        Read(nameof(Ceiling), Ceiling),
        Read(nameof(Floor), Floor),
        OpenToEnumeration || Profile == AccessProfile.Open);

    private static AccessList Read(string key, IEnumerable<string> lines) => AccessPolicy.ReadLines(lines) switch
    {
        (var list, null) => list,
        var (_, bad) => throw new FormatException($"{Section}:{key}: '{bad}' is no line of an access list."),
    };
}
