using System.Collections.Immutable;
using System.Globalization;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;

namespace Presence.Sessions.Administration;

/// <summary>What is known of one user: to be handed to him, or erased (decision 0082).</summary>
public sealed class UserData(IGrainFactory grains, IUserAccounts accounts, HostedDomains domains)
{
    /// <summary>All that this service keeps of a user, or why there is nothing.</summary>
    public async Task<(UserExport? Export, AdminRefusal? Refused)> Export(string? address)
    {
        if (!TryReadHosted(address, out var user, out var refused))
            return (null, refused);
        var items = await grains.GetUser(user).Export();
        var verifier = await grains.GetAccount(user).GetVerifier();
        if (items.IsEmpty && verifier is null)
            return (null, AdminRefusal.NotFound($"There is no user {user}."));
        var memberships = await grains.GetMemberships(user).List();
        List<ExportedItem> account = verifier is null ? [] :
        [
            new("account", user.ToString(), string.Create(
                CultureInfo.InvariantCulture, $"password kept as a SCRAM verifier of {verifier.Iterations} iterations")),
        ];
        return (new UserExport(user,
        [
            .. account, .. items,
            .. memberships.Groups.Select(group => new ExportedItem("group", group.ToString(), "")),
            .. memberships.Interests.Select(interest => new ExportedItem("interest", interest.ToString(), "")),
        ]), null);
    }

    /// <summary>
    /// Removes the account with all that is his, and takes his traces out of the books of those whom he had to do with: whom he
    /// watched, who watched him, whom he decided about.
    /// </summary>
    public async Task<(Erasure? Done, AdminRefusal? Refused)> Erase(string? address)
    {
        var (export, refused) = await Export(address);
        if (export is null)
            return (null, refused);
        var user = export.User;
        var others = export.Items.Select(item => item.Person).OfType<Address>()
            .Where(other => !other.IsDomain && domains.Contains(other.Domain) && !other.Equals(user)).ToHashSet();
        if (await accounts.Remove(user) is { } failed)
            return (null, AdminRefusal.Of(failed, user.ToString()));
        foreach (var other in others)
            await grains.GetUser(other).ForgetPerson(user);
        return (new Erasure(user, export.Items.Length, others.Count), null);
    }

    /// <summary>Who watches an address of ours, and who has asked to.</summary>
    public async Task<(ImmutableArray<Subscription> Watchers, AdminRefusal? Refused)> Watchers(string? address)
    {
        if (!TryReadHosted(address, out var user, out var refused))
            return ([], refused);
        var answer = await grains.GetUser(user).ListWatchers(user, PropertyPath.Root);
        return answer.Refusal is { } none
            ? ([], AdminRefusal.Of(none, user.ToString()))
            : ([.. answer.Watchers.OrderBy(s => s.Watcher.ToString(), StringComparer.Ordinal)], null);
    }

    private bool TryReadHosted(string? address, out Address user, out AdminRefusal? refused)
    {
        refused = !NewAccount.TryReadUser(address, out user, out var why) ? AdminRefusal.Bad(why)
            : domains.Contains(user.Domain) ? null
            : AdminRefusal.NotFound($"The domain {user.Domain} is not hosted here.");
        return refused is null;
    }
}

/// <summary>All that is kept of one user.</summary>
public sealed record UserExport(Address User, ImmutableArray<ExportedItem> Items);

/// <summary>What an erasure has done.</summary>
/// <param name="User">Who is no more.</param>
/// <param name="Items">How many things were known of him.</param>
/// <param name="Others">In the books of how many others his traces were looked for.</param>
public sealed record Erasure(Address User, int Items, int Others);
