using Microsoft.Extensions.DependencyInjection;
using Presence.Contracts.Peers;
using Presence.Conversations.Tests.Domains;
using Presence.Conversations.Tests.Node;

namespace Presence.Conversations.Tests;

/// <summary>What happens while one domain gathers what it watches in the other.</summary>
public sealed class SynchronisationTests : IAsyncLifetime
{
    private readonly HeldBackAnswer _gathered = new(nameof(IMirrorGrain.Held));
    private readonly OneDomain _domain;

    public SynchronisationTests() => _domain = new OneDomain
    {
        Settings = ["--Presence:PeerDomains:SyncDelay=00:00:00"],
        Configure = services => services.AddSingleton<IOutgoingGrainCallFilter>(_gathered),
    };

    public async ValueTask InitializeAsync()
    {
        await _domain.InitializeAsync();
        await _domain.CreateUser("alice");
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    [Fact]
    public async Task What_ends_while_it_is_gathered_is_not_brought_back()
    {
        var cancel = TestContext.Current.CancellationToken;
        var alice = await Asker.LogIn(new OneDomainHost(_domain), cancel, "alice:wonderland");
        await using (var peer = await _domain.Link())
        {
            peer.Reply = Grant;
            await Watch(alice, peer, "status");
            await Watch(alice, peer, "note");
            Assert.Equal("221 10 bye", await peer.Ask("QUIT 10"));
        }

        await using var again = await _domain.Link();
        again.Reply = Grant;
        await _gathered.IsHeld.WaitAsync(TimeSpan.FromSeconds(30), cancel);
        await alice.Send("UNSUB {0} status");
        Assert.EndsWith(" ok", await alice.Next("200 "), StringComparison.Ordinal);
        var ended = (await again.NextRequest()).Split(' ');
        Assert.Equal(("UNSUB", "at=bob@b.example/status"), (ended[0], ended[^1]));
        _gathered.LetGo();

        Assert.StartsWith("SYNC ", await again.NextRequest(), StringComparison.Ordinal);
        var line = Assert.Single(again.Bodies[^1].Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(" at=bob@b.example/note ", line, StringComparison.Ordinal);
    }

    private static string Grant(string[] words) => words[0] == "SUB"
        ? $"200 {words[1]} ok {words.Single(word => word.StartsWith("id=", StringComparison.Ordinal))} state=active view=v1 expires=86400"
        : $"200 {words[1]} ok";

    private static async Task Watch(Asker alice, RawPeer peer, string what)
    {
        await alice.Send($"SUB {{0}} bob@b.example/{what} id={what} expires=86400");
        Assert.Contains($" bob@b.example/{what} ", await peer.NextRequest(), StringComparison.Ordinal);
        Assert.Contains(" state=active", await alice.Next("200 "), StringComparison.Ordinal);
    }
}
