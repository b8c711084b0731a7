using System.Net.Sockets;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests.Domains;

/// <summary>One story's view of two domains: each actor speaks with the home of his account.</summary>
internal sealed class FederatedHost(TwoDomains domains) : IConversationHost, IAsyncDisposable
{
    private readonly List<Address> _users = [];

    public string Domain => TwoDomains.A;

    public async Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel)
    {
        var local = actor.Split('/')[0].TrimEnd("0123456789".ToCharArray());
        var home = _users.Find(user => user.Local == local) is { Domain: var domain } && domain != default
            ? domain.ToString()
            : Domain;
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", domains.Of(home).PipPort, cancel);
        return client.GetStream();
    }

    public async Task CreateUser(string local, string password, CancellationToken cancel)
    {
        var user = UserOf(local);
        Assert.True(PasswordPreparation.TryPrepareNew(password, out var prepared, out var why), why);
        var verifier = ScramVerifier.Derive(prepared, "a salt for tests"u8, ScramVerifier.MinIterations);
        Assert.Null(await Home(user).GetAccount(user).Create(verifier));
        _users.Add(user);
    }

    public async Task RemoveUser(string local, CancellationToken cancel)
    {
        var user = UserOf(local);
        _users.Remove(user);
        Assert.Null(await Home(user).GetAccount(user).Remove());
    }

    public Task AdvanceClock(TimeSpan by, CancellationToken cancel)
    {
        domains.Clock.Advance(by);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Each user's grain has done what it was told before, and what the domains tell each other has arrived: events and
    /// requests keep their order on the link.
    /// </summary>
    public async Task Settle()
    {
        foreach (var user in _users)
            await Home(user).GetUser(user).PassphraseFor(PropertyPath.Root);
        await Task.WhenAll(Cross(TwoDomains.A, TwoDomains.B), Cross(TwoDomains.B, TwoDomains.A));
    }

    private async Task Cross(string from, string to)
    {
        var pair = new DomainPair(Model.Addresses.Domain.Parse(from), Model.Addresses.Domain.Parse(to));
        var answer = await domains.Of(from).Grains.GetPeerDomain(pair).Ask(
            new PeerRequest("PING", null, [], null, domains.Clock.GetUtcNow() + TimeSpan.FromSeconds(30)));
        Assert.Equal(200, answer?.Code);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in _users)
            await Home(user).GetAccount(user).Remove();
    }

    private IGrainFactory Home(Address user) => domains.Of(user.Domain.ToString()).Grains;

    private Address UserOf(string local) =>
        Address.Parse(local.Contains('@', StringComparison.Ordinal) ? local : $"{local}@{Domain}");
}
