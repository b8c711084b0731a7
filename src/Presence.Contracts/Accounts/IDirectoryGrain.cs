using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Contracts.Accounts;

/// <summary>
/// One bucket of the list of users of a domain, for administrators. Key: <c>domain/bucket</c>.
/// </summary>
[Alias("presence.directory")]
public interface IDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Adds local parts; those already there stay.</summary>
    [Alias("add")]
    Task Add(ImmutableArray<string> locals);

    [Alias("remove")]
    Task Remove(string local);

    [Alias("list")]
    Task<ImmutableArray<string>> List();
}

/// <summary>How a domain's users are spread over buckets, so that adding one does not rewrite the list of all.</summary>
public static class DirectoryBuckets
{
    /// <summary>Buckets of a domain. Fixed: stored lists are found by it.</summary>
    public const int Count = 256;

    /// <summary>FNV-1a over the UTF-16 units: the same on every machine and in every version.</summary>
    public static int Of(Address address)
    {
        var hash = 2166136261u;
        foreach (var unit in address.Local ?? "")
            hash = (hash ^ unit) * 16777619u;
        return (int)(hash % Count);
    }
}
