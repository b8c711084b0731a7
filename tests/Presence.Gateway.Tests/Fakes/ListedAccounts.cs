using System.Collections.Concurrent;
using System.Collections.Immutable;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Sessions.Administration;

namespace Presence.Gateway.Tests.Fakes;

/// <summary>Accounts in memory, with the promises of those in grains.</summary>
internal sealed class ListedAccounts : IUserAccounts
{
    private readonly ConcurrentDictionary<Address, ScramVerifier> _accounts = new();
    private readonly ConcurrentDictionary<Address, bool> _listed = new();

    /// <summary>Thrown by every call if set.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Thrown instead of making an account if set.</summary>
    public Exception? CreateFault { get; set; }

    public ScramVerifier? VerifierOf(string address) => _accounts.GetValueOrDefault(Address.Parse(address));

    public Task<ImmutableArray<string>> List(Domain domain) => Fault is null
        ? Task.FromResult(_listed.Keys.Where(user => user.Domain == domain).Select(user => user.ToString())
            .ToImmutableArray())
        : Task.FromException<ImmutableArray<string>>(Fault);

    public Task Announce(IReadOnlyCollection<Address> users)
    {
        foreach (var user in users)
            _listed[user] = true;
        return Task.CompletedTask;
    }

    public Task<Refusal?> Create(Address user, ScramVerifier verifier)
    {
        Assert.True(_listed.ContainsKey(user), "An account is announced before it is made.");
        if (CreateFault is not null)
            return Task.FromException<Refusal?>(CreateFault);
        return Task.FromResult(_accounts.TryAdd(user, verifier) ? null : Refusal.Conflict);
    }

    public Task<bool> Exists(Address user) => Task.FromResult(_accounts.ContainsKey(user));

    public Task<Refusal?> ChangePassword(Address user, ScramVerifier verifier)
    {
        if (!_accounts.ContainsKey(user))
            return Task.FromResult<Refusal?>(Refusal.NotFound);
        _accounts[user] = verifier;
        return Task.FromResult<Refusal?>(null);
    }

    public Task<Refusal?> Remove(Address user)
    {
        _listed.TryRemove(user, out _);
        return Task.FromResult(_accounts.TryRemove(user, out _) ? null : Refusal.NotFound);
    }
}
