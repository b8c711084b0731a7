using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Finding;

namespace Presence.Contracts.Finding;

/// <summary>
/// One share of the users of a domain who let themselves be found; nobody else is in it. Key: <c>domain/find/share</c>.
/// Called by user grains and gateways, and calls nobody.
/// </summary>
[Alias("presence.finder")]
public interface IFinderGrain : IGrainWithStringKey
{
    /// <summary>Lists a user, in the place of what was listed of him before.</summary>
    [Alias("put")]
    Task Put(Listing listing);

    [Alias("remove")]
    Task Remove(string local);

    /// <summary>Those who match and let the asker find them, in the order of their names; at most <paramref name="max"/>.</summary>
    [Alias("find")]
    Task<ImmutableArray<Listing>> Find(Address asker, string query, int max);
}

/// <summary>How the listings of a domain are spread.</summary>
public static class FinderShares
{
    /// <summary>Shares of a domain: one question asks them all. Fixed, since stored listings are found by it.</summary>
    public const int Count = 16;

    public static int Of(Address user) => Accounts.DirectoryBuckets.Of(user) % Count;
}
