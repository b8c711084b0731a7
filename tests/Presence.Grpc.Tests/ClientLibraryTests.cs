using System.Security.Cryptography.X509Certificates;
using Presence.Client;
using Presence.Client.Connections;
using Presence.Grpc.Tests.Node;

namespace Presence.Grpc.Tests;

/// <summary>The .NET client over gRPC instead of PIP.</summary>
[Collection(nameof(GrpcNode))]
public sealed class ClientLibraryTests(GrpcNode node)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_whose_stream_was_cut_is_resumed_and_no_message_is_lost_or_doubled()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await bob.Approve(alice);
        await alice.Approve(bob);
        var streams = new List<Stream>();
        await using var me = await PresenceClient.ConnectAsync(Options(alice, node.GrpcUrl, streams), Cancel);
        await using var him = await PresenceClient.ConnectAsync(Options(bob, node.GrpcUrl, []), Cancel);
        await using var words = me.ConnectionEvents(Cancel).GetAsyncEnumerator(Cancel);
        await using var messages = me.MessagesAsync(Cancel).GetAsyncEnumerator(Cancel);
        var first = words.MoveNextAsync();

        await him.SendAsync(alice.Address, "one", cancellation: Cancel);
        await streams.Single().DisposeAsync();

        Assert.True(await first);
        Assert.IsType<Disconnected>(words.Current);
        Assert.True(await words.MoveNextAsync());
        Assert.IsType<Resumed>(words.Current);
        await him.SendAsync(alice.Address, "two", cancellation: Cancel);
        foreach (var text in (string[])["one", "two"])
        {
            Assert.True(await messages.MoveNextAsync());
            Assert.Equal(text, messages.Current.Text);
        }

        Assert.Equal(2, streams.Count);
    }

    [Fact]
    public async Task Requests_their_answers_lists_bodies_and_refusals_come_through()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await using var me = await PresenceClient.ConnectAsync(Options(alice, node.GrpcUrl, []), Cancel);

        await me.SetStatusAsync("away", "50 % {tea}", cancellation: Cancel);
        await me.BlockAsync(bob.Address, cancellation: Cancel);
        var note = await me.RequestAsync("GET", "~/note", cancellation: Cancel);
        var refused = await Assert.ThrowsAsync<PipRefusedException>(
            () => me.SendAsync("nobody@elsewhere.example", "?", cancellation: Cancel));

        Assert.Equal("50 % {tea}", note.Parameters["val"]);
        Assert.Equal(bob.Address, Assert.Single(await me.ListsAsync(Cancel)).First);
        Assert.Equal(502, refused.Code);
    }

    [Fact]
    public async Task Over_TLS_the_certificate_must_be_trusted()
    {
        var alice = await node.NewUser("alice");
        var options = Options(alice, node.TlsUrl, []);

        var failed = await Assert.ThrowsAsync<PipConnectionException>(() => PresenceClient.ConnectAsync(options, Cancel));
        options.ExtraAuthorities = new X509Certificate2Collection(node.Certificate());
        await using var me = await PresenceClient.ConnectAsync(options, Cancel);

        Assert.Equal("tls-failed", failed.Reason);
        Assert.Equal(ConnectionState.Connected, me.State);
    }

    /// <param name="streams">Filled with each that is opened, for a test to cut.</param>
    private static PresenceClientOptions Options(TestUser user, string server, List<Stream> streams)
    {
        var options = new PresenceClientOptions
        {
            Account = user.Address,
            Password = GrpcNode.Password,
            Server = server,
            ReconnectMin = TimeSpan.FromMilliseconds(10),
        };
        var scheme = new Uri(server).Scheme;
        var open = options.Transports[scheme];
        options.Transports[scheme] = async (connection, cancellation) =>
        {
            var stream = await open(connection, cancellation);
            streams.Add(stream);
            return stream;
        };
        return options;
    }
}
