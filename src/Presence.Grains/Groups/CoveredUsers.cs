using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Accounts;
using Presence.Model.Addresses;
using Presence.Model.Groups;

namespace Presence.Grains.Groups;

/// <summary>
/// Whom the rule of a group covers. The users of a domain are read from the directory at most once a minute, and only if
/// they are no more than a group may have; who listens to an interest is asked for each message.
/// </summary>
internal sealed class CoveredUsers(Address group, int max, IGrainFactory grains)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private ImmutableArray<Address>? _users;
    private DateTimeOffset _readAt;

    public async ValueTask<bool> Covers(GroupRule? rule, Address who) => rule switch
    {
        null => false,
        { Interest: { } pattern } =>
            (await grains.GetInterest(group.Domain, pattern).MembersOf(pattern)).Contains(who),
        _ => rule.CoversDomainOf(group, who),
    };

    /// <summary>All of them, or null if there are too many.</summary>
    public async ValueTask<ImmutableArray<Address>?> List(GroupRule? rule, DateTimeOffset now)
    {
        if (rule is null)
            return [];
        if (rule.Interest is { } pattern)
            return Bounded(await grains.GetInterest(group.Domain, pattern).MembersOf(pattern));
        if (_users is null || now - _readAt >= MaxAge)
        {
            _users = await ReadDirectory();
            _readAt = now;
        }

        return Bounded(_users.Value);
    }

    private ImmutableArray<Address>? Bounded(ImmutableArray<Address> users) => users.Length > max ? null : users;

    private async Task<ImmutableArray<Address>> ReadDirectory()
    {
        var users = ImmutableArray.CreateBuilder<Address>();
        for (var bucket = 0; bucket < DirectoryBuckets.Count && users.Count <= max; bucket++)
        {
            foreach (var local in await grains.GetDirectory(group.Domain, bucket).List())
            {
                if (Address.TryCombine(local, group.Domain, out var user, out _))
                    users.Add(user);
            }
        }

        return users.ToImmutable();
    }
}
