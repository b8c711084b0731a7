using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests.Twins;

/// <summary>A host that keeps what one actor's connections send and receive.</summary>
internal sealed class ObservedHost(IConversationHost host, string observer) : IConversationHost
{
    public Transcript Transcript { get; } = new();

    public string Domain => host.Domain;

    public async Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel)
    {
        var stream = await host.Connect(actor, kind, cancel);
        return actor == observer ? new ObservedStream(stream, Transcript) : stream;
    }

    public Task CreateUser(string local, string password, CancellationToken cancel) =>
        host.CreateUser(local, password, cancel);

    public Task RemoveUser(string local, CancellationToken cancel) => host.RemoveUser(local, cancel);

    public Task AdvanceClock(TimeSpan by, CancellationToken cancel) => host.AdvanceClock(by, cancel);
}
