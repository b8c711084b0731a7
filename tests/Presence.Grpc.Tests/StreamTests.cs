using Google.Protobuf;
using Grpc.Core;
using Presence.Grpc.Tests.Node;
using Presence.V1;

namespace Presence.Grpc.Tests;

[Collection(nameof(GrpcNode))]
public sealed class StreamTests(GrpcNode node)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watching_gives_snapshots_and_then_changes()
    {
        var (alice, bob, carol) = (await node.NewUser("alice"), await node.NewUser("bob"), await node.NewUser("carol"));
        await alice.Approve(bob);
        await SetStatus(alice, "away");
        using var watch = bob.Client.WatchPresence(
            new WatchPresenceRequest { Places = { $"{alice.Address}/status", carol.Address, "no@elsewhere.example" } },
            bob.Basic, cancellationToken: Cancel);

        Assert.Equal([200, 202, 502], (await Read(watch, 3)).Select(update => update.State.Code));
        var snapshot = await Read(watch);
        await SetStatus(alice, "dnd");
        var change = await Read(watch);

        Assert.Equal("away", snapshot.Change.Value);
        Assert.Equal("dnd", change.Change.Value);
        Assert.Empty(change.Cursor);
    }

    [Fact]
    public async Task Watching_goes_on_behind_its_cursor_after_a_cut()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Approve(bob);
        var request = new WatchPresenceRequest { Places = { $"{alice.Address}/status" }, Resumable = true };
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var first = bob.Client.WatchPresence(request, bob.Basic, cancellationToken: cut.Token);
        await Read(first, 2);
        await SetStatus(alice, "away");
        var seen = await Read(first);
        await cut.CancelAsync();
        await SetStatus(alice, "busy");

        request.Cursor = seen.Cursor;
        using var second = bob.Client.WatchPresence(request, bob.Basic, cancellationToken: Cancel);
        var next = await Read(second);

        Assert.Equal(("away", "busy"), (seen.Change.Value, next.Change.Value));
    }

    [Fact]
    public async Task A_cursor_that_is_not_known_begins_anew()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Approve(bob);
        var foreign = Convert.ToBase64String("nosuch key 5"u8);
        using var watch = bob.Client.WatchPresence(
            new WatchPresenceRequest { Places = { alice.Address }, Cursor = foreign }, bob.Basic, cancellationToken: Cancel);

        Assert.NotNull((await Read(watch)).Restarted);
        Assert.Equal(200, (await Read(watch)).State.Code);
    }

    [Fact]
    public async Task Received_messages_count_as_delivered_when_they_are_acknowledged()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Approve(bob);
        await bob.Approve(alice);
        using var sender = bob.Open();
        await sender.Bind();
        using var receiving = alice.Client.ReceiveMessages(
            new ReceiveMessagesRequest { Endpoint = "phone" }, alice.Basic, cancellationToken: Cancel);
        Assert.Equal("phone", (await Read(receiving)).Ready.Endpoint);

        await bob.Client.SendMessageAsync(Text(alice, "m1"), bob.Basic);
        var message = await Read(receiving);
        await alice.Client.AckMessagesAsync(new AckMessagesRequest { Cursor = message.Cursor }, alice.Basic);
        var receipt = await sender.Event();

        Assert.Equal(("m1", "hello"), (message.Message.MessageId, message.Message.Body.ToStringUtf8()));
        Assert.Equal(("m1", "delivered"), (receipt.Receipt.MessageId, receipt.Receipt.Disposition));
    }

    [Fact]
    public async Task What_was_not_acknowledged_comes_again_after_a_cut()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Approve(bob);
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var first = alice.Client.ReceiveMessages(new ReceiveMessagesRequest(), alice.Basic, cancellationToken: cut.Token);
        var ready = await Read(first);
        await bob.Client.SendMessageAsync(Text(alice, "m1"), bob.Basic);
        await Read(first);
        await cut.CancelAsync();

        using var second = alice.Client.ReceiveMessages(
            new ReceiveMessagesRequest { Cursor = ready.Cursor }, alice.Basic, cancellationToken: Cancel);
        var resumed = await Read(second);
        var again = await Read(second);

        Assert.True(resumed.Ready.Resumed);
        Assert.Equal("m1", again.Message.MessageId);
    }

    [Fact]
    public async Task Nobody_acknowledges_for_somebody_else()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        using var receiving = alice.Client.ReceiveMessages(new ReceiveMessagesRequest(), alice.Basic, cancellationToken: Cancel);
        var ready = await Read(receiving);

        var refused = await Assert.ThrowsAsync<RpcException>(() => bob.Client.AckMessagesAsync(
            new AckMessagesRequest { Cursor = ready.Cursor }, bob.Basic, cancellationToken: Cancel).ResponseAsync);

        Assert.Equal((StatusCode.NotFound, "410 session-gone"), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task A_cancelled_stream_shows_its_endpoint_offline()
    {
        var (alice, bob) = (await node.NewUser("alice"), await node.NewUser("bob"));
        await alice.Approve(bob);
        using var watch = bob.Client.WatchPresence(
            new WatchPresenceRequest { Places = { $"{alice.Address}/status" } }, bob.Basic, cancellationToken: Cancel);
        await Read(watch, 2);
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var receiving = alice.Client.ReceiveMessages(new ReceiveMessagesRequest(), alice.Basic, cancellationToken: cut.Token);
        await Read(receiving);
        Assert.Equal("online", (await Read(watch)).Change.Value);

        // The cut reaches the node in its own time, the publication in that of the presence clock.
        var open = node.Sessions.Open;
        await cut.CancelAsync();
        await node.Sessions.AtMost(open - 1, Cancel);
        node.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("offline", (await Read(watch)).Change.Value);
    }

    private async Task SetStatus(TestUser user, string status)
    {
        await user.Client.SetStatusAsync(new SetStatusRequest { Status = status }, user.Basic);
        node.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private static SendRequest Text(TestUser to, string id) => new()
    {
        To = { to.Address }, MessageId = id, Body = ByteString.CopyFromUtf8("hello"), Want = { "delivered" },
    };

    private static async Task<T> Read<T>(AsyncServerStreamingCall<T> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(Cancel), "The stream has ended.");
        return call.ResponseStream.Current;
    }

    private static async Task<IReadOnlyList<T>> Read<T>(AsyncServerStreamingCall<T> call, int count)
    {
        var all = new List<T>();
        while (all.Count < count)
            all.Add(await Read(call));
        return all;
    }
}
