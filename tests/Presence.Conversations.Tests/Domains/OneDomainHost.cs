using System.Net.Sockets;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests.Domains;

/// <summary>The node of a.example, for a client that logs in by a story.</summary>
internal sealed class OneDomainHost(OneDomain domain) : IConversationHost
{
    public string Domain => OneDomain.A;

    public async Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", domain.Node.PipPort, cancel);
        return client.GetStream();
    }

    public Task CreateUser(string local, string password, CancellationToken cancel) => domain.CreateUser(local);

    public Task RemoveUser(string local, CancellationToken cancel) => throw new NotSupportedException();

    public Task AdvanceClock(TimeSpan by, CancellationToken cancel) => throw new NotSupportedException();
}
