using Presence.Conversations.Tests.Node;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests.Domains;

/// <summary>
/// Two domains for one who must not be able to tell: what has happened before he says something has crossed the link by
/// then, so that what he hears does not depend on luck.
/// </summary>
internal sealed class SettlingHost(FederatedHost host, string observer) : IConversationHost
{
    public string Domain => host.Domain;

    public async Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel)
    {
        var stream = await host.Connect(actor, kind, cancel);
        return actor == observer ? new Settled(stream, host.Settle) : stream;
    }

    public Task CreateUser(string local, string password, CancellationToken cancel) => host.CreateUser(local, password, cancel);

    public Task RemoveUser(string local, CancellationToken cancel) => host.RemoveUser(local, cancel);

    public async Task AdvanceClock(TimeSpan by, CancellationToken cancel)
    {
        await host.Settle();
        await host.AdvanceClock(by, cancel);
        await host.Settle();
    }

    private sealed class Settled(Stream stream, Func<Task> settle) : PassingStream(stream)
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await settle();
            await Inner.WriteAsync(buffer, cancellationToken);
        }

        public override async ValueTask DisposeAsync()
        {
            await Inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
