using System.IO.Pipelines;
using System.Text;
using Orleans.Streams;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;
using Presence.Sessions.Delivery;
using Presence.Sessions.Tests.Hosting;

namespace Presence.Sessions.Tests.Gateways;

public sealed class RouteListenerTests(TestSilo silo)
{
    private static readonly Address Bob = Address.Parse("bob@localhost");
    private static readonly PropertyPath Note = PropertyPath.Parse("note");

    [Fact]
    public async Task Two_changes_of_one_node_that_are_handed_over_together_are_both_told()
    {
        await using var gateway = await TestGateway.Open(silo);
        var socket = new Pipe();
        Watch(gateway, socket.Writer);

        await gateway.Listener.OnNextAsync([Change(1, "tea"), Change(2, "coffee")]);

        Assert.Equal(["NOTIFY #1 ver=1 val=tea", "NOTIFY #2 ver=2 val=coffee"], Written(socket.Reader));
    }

    [Fact]
    public async Task The_time_from_a_change_to_the_socket_is_measured_once_for_each_notification()
    {
        await using var gateway = await TestGateway.Open(silo);
        Watch(gateway, new Pipe().Writer);
        using var times = gateway.Collect<double>("presence.sessions.notify.duration");

        await gateway.Listener.OnNextAsync([Change(1, "tea", age: TimeSpan.FromSeconds(2))]);

        Assert.Equal([2.0], times.GetMeasurementSnapshot().Select(time => time.Value));
    }

    [Fact]
    public async Task A_repair_tells_what_is_another_value_and_not_that_a_lease_was_refreshed()
    {
        await using var gateway = await TestGateway.Open(silo);
        var socket = new Pipe();
        var watch = Watch(gateway, socket.Writer);
        await gateway.Listener.OnNextAsync([Change(1, "tea")]);

        watch.Open(SubscriptionState.Active, [Value(2, "tea")], tellsSnapshot: true);
        watch.Open(SubscriptionState.Active, [Value(3, "coffee")], tellsSnapshot: true);

        Assert.Equal(["NOTIFY #1 ver=1 val=tea", "NOTIFY #2 ver=3 val=coffee"], Written(socket.Reader));
    }

    [Fact]
    public async Task An_end_that_a_repair_has_told_is_not_told_again_by_the_notice()
    {
        await using var gateway = await TestGateway.Open(silo);
        var socket = new Pipe();
        var watch = Watch(gateway, socket.Writer);

        watch.End("rejected");
        watch.Take(new SubscriptionNotice(
            watch.Session.User, watch.Id, Note, SubscriptionEvent.Terminated, "rejected", null, []));

        Assert.Equal(["NOTIFY #1"], Written(socket.Reader));
    }

    [Fact]
    public async Task What_grains_of_the_same_process_have_put_on_the_route_is_told_in_order_before_the_gateway_is_gone()
    {
        var gateway = await TestGateway.Open(silo);
        var socket = new Pipe();
        Watch(gateway, socket.Writer);
        var (near, route) = (gateway.Near, gateway.Gateway.Route);

        Put(gateway, Batch(1, "tea"), Batch(2, "coffee"), Batch(3, "water"));
        await gateway.DisposeAsync();

        Assert.Equal(
            ["NOTIFY #1 ver=1 val=tea", "NOTIFY #2 ver=2 val=coffee", "NOTIFY #3 ver=3 val=water"], Written(socket.Reader));
        Assert.Null(near.On(route));
    }

    [Fact]
    public async Task A_batch_that_cannot_be_delivered_does_not_hold_up_those_behind_it()
    {
        var gateway = await TestGateway.Open(silo);
        var socket = new Pipe();
        var watch = Watch(gateway, socket.Writer);
        var broken = new SubscriptionNotice(
            watch.Session.User, watch.Id, Note, SubscriptionEvent.Activated, null, null, Values: default);

        Put(gateway, Batch(1, "tea"), new RouteBatch(Bob, [], [broken]), Batch(2, "coffee"));
        await gateway.DisposeAsync();

        Assert.Equal(["NOTIFY #1 ver=1 val=tea", "NOTIFY #2 ver=2 val=coffee"], Written(socket.Reader));
    }

    [Fact]
    public async Task A_gateway_without_time_to_stop_in_does_not_wait_for_what_is_in_hand()
    {
        await using var gateway = await TestGateway.Open(silo);

        await gateway.Stop(new CancellationToken(canceled: true));

        Assert.Null(gateway.Near.On(gateway.Gateway.Route));
    }

    private static void Put(TestGateway gateway, params RouteBatch[] batches)
    {
        var route = gateway.Near.On(gateway.Gateway.Route);
        Assert.All(batches, batch => Assert.True(route!.Take(batch)));
    }

    private Watch Watch(TestGateway gateway, PipeWriter socket)
    {
        var session = gateway.Unserved(Address.Parse("alice@localhost"));
        var watch = new Watch(session, Bob, "w", Note, isSessionBound: true);
        gateway.Gateway.Serve(watch);
        watch.Open(SubscriptionState.Active, [], tellsSnapshot: true);
        session.Outbox.Attach(new Wire(socket, silo.Clock));
        return watch;
    }

    private Property Value(long version, string value) =>
        new(Note, PropertyValue.OfText(value), version, silo.Clock.GetUtcNow());

    private SequentialItem<RouteBatch> Change(long version, string value, TimeSpan age = default) =>
        new(Batch(version, value, age), null!);

    private RouteBatch Batch(long version, string value, TimeSpan age = default)
    {
        var now = silo.Clock.GetUtcNow() - age;
        var note = new Property(Note, PropertyValue.OfText(value), version, now);
        return new RouteBatch(Bob, [new PropertyDelta(Note, note, version, now)], []);
    }

    private static IEnumerable<string> Written(PipeReader socket)
    {
        Assert.True(socket.TryRead(out var read));
        return Encoding.UTF8.GetString(read.Buffer).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Select(words => string.Join(' ', [words[0], words[1], .. words.Where(IsVersionOrValue)]));
    }

    private static bool IsVersionOrValue(string word) =>
        word.StartsWith("ver=", StringComparison.Ordinal) || word.StartsWith("val=", StringComparison.Ordinal);
}
