using System.Globalization;
using System.Net.Sockets;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Conversations.Tests.Domains;
using Presence.Conversations.Tests.Node;
using Presence.Model.Addresses;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests;

/// <summary>Many people of one domain, each with a session of his own, watch somebody of the other.</summary>
public sealed class ManyWatchersTests(TwoDomains domains, ITestOutputHelper output) : IClassFixture<TwoDomains>
{
    /// <summary>
    /// Octets, with those of TLS, among them perhaps an answer that was on its way: far less than a NOTIFY for each watcher would be.
    /// <see cref="LinkTests"/> counts the frames.
    /// </summary>
    private const int Once = 600;

    /// <summary><c>PRESENCE_WATCHERS=1000</c> for the long form.</summary>
    private static readonly int Watchers = int.TryParse(
        Environment.GetEnvironmentVariable("PRESENCE_WATCHERS"), NumberStyles.None, CultureInfo.InvariantCulture, out var many)
        ? many
        : 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_crosses_once_and_everybody_sees_it()
    {
        await using var host = new FederatedHost(domains);
        await host.CreateUser("idol", "wonderland", Cancel);
        var idol = Address.Parse("idol@a.example");
        Assert.Null((await domains.Of(TwoDomains.A).Grains.GetUser(idol).SetAccess(new AccessListRequest(
            idol, PropertyPath.Parse("note"), null, [new AccessLine("allow", "*@b.example", "read,sub", null)]))).Refusal);
        var client = await Asker.LogIn(host, Cancel, "idol:wonderland");
        var watchers = new List<Asker>();
        for (var n = 0; n < Watchers; n++)
        {
            await host.CreateUser($"fan{n}x@b.example", "wonderland", Cancel);
            watchers.Add(await Asker.LogIn(new HomeOfB(host, domains), Cancel, $"fan{n}x:wonderland"));
            await watchers[n].Send("SUB {0} idol@a.example/note id=w expires=3600");
            Assert.Contains(" ok id=w state=active ", await watchers[n].Next("200 "), StringComparison.Ordinal);
        }

        await host.Settle();
        foreach (var note in new[] { "hello", "bye" })
        {
            var before = domains.OctetsFromAToB;
            domains.Clock.Advance(TimeSpan.FromSeconds(1));
            await client.Send($"SET {{0}} ~/note val={note}");
            Assert.Contains(" ok ver=", await client.Next("200 "), StringComparison.Ordinal);
            foreach (var watcher in watchers)
                Assert.Contains($" val={note} ", await watcher.Next("NOTIFY "), StringComparison.Ordinal);
            var crossed = domains.OctetsFromAToB - before;
            output.WriteLine($"{Watchers} watchers, '{note}': {crossed} octets crossed");
            Assert.InRange(crossed, 80, Once);
        }
    }

    /// <summary>Clients whose home is b.example.</summary>
    private sealed class HomeOfB(FederatedHost host, TwoDomains domains) : IConversationHost
    {
        public string Domain => TwoDomains.B;

        public async Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel)
        {
            var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync("127.0.0.1", domains.Of(TwoDomains.B).PipPort, cancel);
            return client.GetStream();
        }

        public Task CreateUser(string local, string password, CancellationToken cancel) => throw new NotSupportedException();

        public Task RemoveUser(string local, CancellationToken cancel) => throw new NotSupportedException();

        public Task AdvanceClock(TimeSpan by, CancellationToken cancel) => host.AdvanceClock(by, cancel);
    }
}
