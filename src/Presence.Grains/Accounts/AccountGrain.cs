using Presence.Contracts;
using Presence.Contracts.Accounts;
using Presence.Contracts.Peers;
using Presence.Model.Accounts;
using Presence.Model.Replies;

namespace Presence.Grains.Accounts;

/// <summary>Short in memory: it is asked at logins only.</summary>
[CollectionAgeLimit(Minutes = 2)]
internal sealed class AccountGrain(
    [PersistentState("account", PresenceGrainsExtensions.StorageName)] IPersistentState<AccountRecord> account,
    IHostedDomains domains,
    NearAccounts near,
    PresenceClock clock) : Grain, IAccountGrain
{
    /// <summary>For how long a group of another domain is tried to be told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private NearAccounts.Entry? _shown;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _shown = near.Open(Self, Verifier);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_shown is { } shown)
            near.Close(Self, shown);
        return Task.CompletedTask;
    }

    public async Task<Refusal?> Create(ScramVerifier verifier)
    {
        if (account.RecordExists)
            return Refusal.Conflict;
        if (await GrainFactory.GetUser(Self).Create() is { } taken)
            return taken;
        await Store(verifier);
        return null;
    }

    public async Task<Refusal?> ChangePassword(ScramVerifier verifier)
    {
        if (!account.RecordExists)
            return Refusal.NotFound;
        await Store(verifier);
        return null;
    }

    public Task<ScramVerifier?> GetVerifier() => Task.FromResult(Verifier);

    public async Task<Refusal?> Remove()
    {
        if (!account.RecordExists)
            return Refusal.NotFound;
        // The account last: while it stands a failed removal can be tried again, and nobody inherits what is left. What
        // the user watches goes too, or the next holder of the address would be told of it.
        var user = GrainFactory.GetUser(Self);
        foreach (var node in (await user.ListWatching()).Select(watched => watched.Node).Distinct())
            await ForgetWatcher(node);
        await LeaveAll();
        await user.Remove();
        await account.ClearStateAsync();
        _shown!.Verifier = null;
        return null;
    }

    private Task ForgetWatcher(Model.Addresses.Address node) => domains.Contains(node.Domain)
        ? GrainFactory.GetUser(node).ForgetWatcher(Self)
        : GrainFactory.GetMirror(Self.Domain, node).ForgetWatcher(Self);

    /// <summary>The next holder of the address must not find himself in groups that he never joined.</summary>
    private async Task LeaveAll()
    {
        var memberships = GrainFactory.GetMemberships(Self);
        var all = await memberships.List();
        foreach (var node in all.Groups)
            await Leave(node);
        foreach (var pattern in all.Interests)
            await GrainFactory.GetInterest(Self.Domain, pattern).Leave(Self, pattern);
        await memberships.Clear();
    }

    private Task Leave(Model.Addresses.Address group) => domains.Contains(group.Domain)
        ? GrainFactory.GetUser(group).Lose(Self)
        : GrainFactory.GetPeerDomain(new DomainPair(Self.Domain, group.Domain)).Post(new PeerRequest(
            "LEAVE", group.ToString(), [new("from", Self.ToString())], null, clock.Now + Patience));

    private Model.Addresses.Address Self => NodeKey.Parse(this.GetPrimaryKeyString());

    private ScramVerifier? Verifier => account.RecordExists ? account.State.ToVerifier() : null;

    private async Task Store(ScramVerifier verifier)
    {
        account.State = AccountRecord.Of(verifier);
        await account.WriteStateAsync();
        _shown!.Verifier = verifier;
    }
}
