using Presence.Federation.Process.Tests.Node;
using Presence.Testing.Conversations;

namespace Presence.Federation.Process.Tests;

/// <summary>One story's view of two processes: each actor speaks with the home of his account, over clear text.</summary>
internal sealed class ProcessHost(TwoProcesses domains) : IConversationHost, IAsyncDisposable
{
    private readonly List<string> _users = [];

    public string Domain => TwoProcesses.AName;

    public Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel)
    {
        var local = actor.Split('/')[0].TrimEnd("0123456789".ToCharArray());
        var user = _users.Find(user => user.StartsWith($"{local}@", StringComparison.Ordinal));
        return (user is null ? domains.A : HomeOf(user)).Connect(cancel);
    }

    public async Task CreateUser(string local, string password, CancellationToken cancel)
    {
        var user = AddressOf(local);
        await HomeOf(user).AddUser(user, password);
        _users.Add(user);
    }

    public async Task RemoveUser(string local, CancellationToken cancel)
    {
        var user = AddressOf(local);
        _users.Remove(user);
        await HomeOf(user).RemoveUser(user);
    }

    /// <summary>Processes live by the clock of the machine: what is due then is awaited.</summary>
    public Task AdvanceClock(TimeSpan by, CancellationToken cancel) => Task.Delay(by, TimeProvider.System, cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var user in _users)
            await HomeOf(user).RemoveUser(user);
    }

    private DomainProcess HomeOf(string user) => domains.Of(user.Split('@')[1]);

    private string AddressOf(string local) => local.Contains('@', StringComparison.Ordinal) ? local : $"{local}@{Domain}";
}
