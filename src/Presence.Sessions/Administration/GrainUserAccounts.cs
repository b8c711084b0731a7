using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Accounts;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Sessions.Administration;

/// <summary>
/// Accounts and their list live in different grains, so a crash can part them. The order of the two steps is chosen so
/// that a name may be listed without an account, which an administrator sees and heals by adding or removing it once
/// more; never the other way round, when somebody nobody can see could log in.
/// </summary>
internal sealed class GrainUserAccounts(IGrainFactory grains) : IUserAccounts
{
    /// <summary>Buckets that are asked at a time: each may have to be read from the store, which others use too.</summary>
    private static readonly ParallelOptions AFew = new() { MaxDegreeOfParallelism = 16 };

    public async Task<ImmutableArray<string>> List(Domain domain)
    {
        var buckets = new ImmutableArray<string>[DirectoryBuckets.Count];
        await Parallel.ForAsync(
            0, buckets.Length, AFew, async (bucket, _) => buckets[bucket] = await grains.GetDirectory(domain, bucket).List());
        return [.. buckets.SelectMany(locals => locals).Select(local => $"{local}@{domain}")];
    }

    public Task Announce(IReadOnlyCollection<Address> users) => Parallel.ForEachAsync(
        users.GroupBy(user => (user.Domain, Bucket: DirectoryBuckets.Of(user))), AFew,
        async (group, _) => await grains.GetDirectory(group.Key.Domain, group.Key.Bucket)
            .Add([.. group.Select(user => user.Local!)]));

    public Task<Refusal?> Create(Address user, ScramVerifier verifier) => grains.GetAccount(user).Create(verifier);

    public async Task<bool> Exists(Address user) => await grains.GetAccount(user).GetVerifier() is not null;

    public Task<Refusal?> ChangePassword(Address user, ScramVerifier verifier) =>
        grains.GetAccount(user).ChangePassword(verifier);

    public async Task<Refusal?> Remove(Address user)
    {
        var refusal = await grains.GetAccount(user).Remove();
        if (refusal is null || refusal.Code == Refusal.NotFound.Code)
            await grains.GetDirectory(user.Domain, DirectoryBuckets.Of(user)).Remove(user.Local!);
        return refusal;
    }
}
