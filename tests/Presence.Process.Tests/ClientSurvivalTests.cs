using System.Collections.Concurrent;
using System.Globalization;
using Presence.Client;
using Presence.Process.Tests.Node;
using Presence.Testing;

namespace Presence.Process.Tests;

/// <summary>What an application sees of a node that is killed under it: one word that it is gone, one that it is back.</summary>
public sealed class ClientSurvivalTests
{
    /// <summary><c>PRESENCE_KILLS=20</c> for the long form.</summary>
    private static readonly int? Kills =
        int.TryParse(Environment.GetEnvironmentVariable("PRESENCE_KILLS"), out var kills) ? kills : null;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Switches =
        ["--Presence:Accounts:Iterations=4096", "--Presence:Sessions:RequestsPerSecond=5000"];

    private readonly SeededGenerator _generator = new(20261128);

    /// <param name="scheme">How the clients connect: <c>pip</c>, or <c>http</c> for gRPC.</param>
    /// <param name="listener">The listener that they connect to.</param>
    /// <param name="few">Kills in a run of all tests.</param>
    [Theory]
    [InlineData("pip", "Pip", 4)]
    [InlineData("http", "Grpc", 2)]
    public async Task Each_kill_of_the_node_shows_as_one_disconnect_and_one_resync_and_no_message_is_lost_or_doubled(
        string scheme, string listener, int few)
    {
        var kills = Kills ?? few;
        using var folder = new TemporaryFolder();
        var node = await NodeProcess.Start(folder.Path, Switches);
        var server = $"{scheme}://{(listener == "Grpc" ? node.Grpc : node.Pip)}";
        await node.AddUser("alice@localhost", "wonderland");
        await node.AddUser("bob@localhost", "builder");

        await using var alice = await Connect("alice", "wonderland", server);
        await using var bob = await Connect("bob", "builder", server);
        await alice.ApproveAsync("bob@localhost");
        await bob.ApproveAsync("alice@localhost");
        using var ending = new CancellationTokenSource();
        var (ofAlice, ofBob) = (new Diary(alice, ending.Token), new Diary(bob, ending.Token));

        var (accepted, refused) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        var sending = Send(alice, accepted, refused, ending.Token);
        for (var kill = 1; kill <= kills; kill++)
        {
            var enough = accepted.Count + _generator.Between(1, 400);
            await Until(() => sending.IsCompleted || accepted.Count >= enough,
                () => $"kill {kill}: {enough} messages; {accepted.Count} accepted, {refused.Count} refused");
            Assert.False(sending.IsCompleted, $"kill {kill}: {sending.Exception}");
            node.Kill();
            await node.DisposeAsync();
            node = await NodeProcess.Start(folder.Path, [.. Switches, $"--Presence:Listeners:{listener}={new Uri(server).Authority}"]);
            var round = kill;
            await Until(() => ofAlice.Back >= round && ofBob.Back >= round, () => $"kill {round}: both are back; {ofAlice.Back} and {ofBob.Back}");
        }

        await ending.CancelAsync();
        await sending;
        await Until(() => accepted.All(ofBob.Messages.Contains), () => "every accepted message has come");

        Assert.Equal(Expected(kills), ofAlice.Connection);
        Assert.Equal(Expected(kills), ofBob.Connection);
        Assert.Equal(ofBob.Messages.Count, ofBob.Messages.Distinct().Count());
        Assert.DoesNotContain(ofBob.Messages, refused.Contains);
        await node.DisposeAsync();
    }

    private static Task<PresenceClient> Connect(string name, string password, string server) =>
        PresenceClient.ConnectAsync(new PresenceClientOptions
        {
            Account = $"{name}@localhost",
            Password = password,
            Server = server,

            // A node may take its time to start again where much else runs.
            RequestTimeout = Patience,
            ReconnectMin = TimeSpan.FromMilliseconds(100),
            ReconnectMax = TimeSpan.FromMilliseconds(500),
        });

    /// <summary>One numbered message after the other, without a pause; a message refused is told and counted.</summary>
    private static async Task Send(
        PresenceClient from, ConcurrentBag<string> accepted, ConcurrentBag<string> refused, CancellationToken ending)
    {
        for (var number = 1; !ending.IsCancellationRequested; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            try
            {
                await from.SendAsync("bob@localhost", text, cancellation: CancellationToken.None);
                accepted.Add(text);
            }
            catch (PipRefusedException)
            {
                refused.Add(text);
            }
        }
    }

    private static IEnumerable<string> Expected(int kills) =>
        Enumerable.Repeat<string[]>([nameof(Disconnected), nameof(Resynced)], kills).SelectMany(two => two);

    private static async Task Until(Func<bool> condition, Func<string> what)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"not within {Patience}: {what()}");
            }
        }
    }

    /// <summary>What an application of one user was told.</summary>
    private sealed class Diary
    {
        private readonly ConcurrentQueue<string> _connection = new();
        private readonly ConcurrentQueue<string> _messages = new();

        public Diary(PresenceClient client, CancellationToken ending) =>
            Writing = Task.WhenAll(Connections(client), Texts(client));

        public Task Writing { get; }

        public ConcurrentQueue<string> Connection => _connection;

        public ConcurrentQueue<string> Messages => _messages;

        public int Back => _connection.Count(word => word != nameof(Disconnected));

        private async Task Connections(PresenceClient client)
        {
            await foreach (var word in client.ConnectionEvents())
                _connection.Enqueue(word.GetType().Name);
        }

        private async Task Texts(PresenceClient client)
        {
            await foreach (var message in client.MessagesAsync())
                _messages.Enqueue(message.Text);
        }
    }
}
