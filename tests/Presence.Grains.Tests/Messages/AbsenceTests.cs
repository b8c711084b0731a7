using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Access;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Grains.Tests.Messages;

/// <summary>The feature <c>store</c>: messages wait for who is not there. A silo of its own, for it is off by default.</summary>
public sealed class AbsenceTests(AbsenceTests.StoringSilo storing) : IClassFixture<AbsenceTests.StoringSilo>
{
    private readonly PresenceSilo _silo = storing.Silo;

    [Fact]
    public async Task What_comes_while_nobody_is_there_is_accepted_stored_and_told_as_delayed()
    {
        var (alice, bob) = (await _silo.NewPerson(), await _silo.NewPerson());
        await bob.Approve(alice);
        await using var gateway = await _silo.NewGateway();
        var author = await alice.Bind(gateway);
        var sentAt = _silo.Now;

        Assert.Null(await alice.Send(bob, "m1", ReceiptWishes.Delivered));
        Assert.Null(await alice.Send(bob, "m1", ReceiptWishes.Delivered));
        Assert.Null(await alice.Send(bob, "m2"));
        await _silo.Deactivate(bob.Node);
        _silo.Clock.Advance(TimeSpan.FromHours(8));
        var session = await bob.Bind(gateway);
        await bob.Acknowledge(session, alice, "m1");

        var messages = gateway.NoticesTo<MessageNotice>(session).Select(notice => notice.Message).ToList();
        Assert.Equal(["m1", "m2"], messages.Select(message => message.Id));
        Assert.All(messages, message => Assert.Equal(sentAt, message.DelayedSince));
        Assert.Equal(Disposition.Delivered, Assert.Single(gateway.NoticesTo<ReceiptNotice>(author)).Receipt.Disposition);
    }

    [Fact]
    public async Task Who_was_shut_out_politely_hears_the_same_and_his_messages_wait_for_nobody()
    {
        var (alice, bob) = (await _silo.NewPerson(), await _silo.NewPerson());
        await bob.Approve(alice);
        await using var gateway = await _silo.NewGateway();
        Assert.Null(await alice.Send(bob, "before"));
        await bob.Node.Block(new BlockRequest(bob.Address, alice.Address.ToString(), IsExplicit: false, Rights.All));

        Assert.Null(await alice.Send(bob, "meanwhile"));
        var session = await bob.Bind(gateway);

        Assert.Empty(gateway.NoticesTo<MessageNotice>(session));
    }

    [Fact]
    public async Task The_oldest_makes_room_and_what_its_sender_limited_runs_out_and_both_are_told()
    {
        var (alice, bob) = (await _silo.NewPerson(), await _silo.NewPerson());
        await bob.Approve(alice);
        await using var gateway = await _silo.NewGateway();
        var author = await alice.Bind(gateway);
        for (var i = 0; i < 3; i++)
            Assert.Null(await alice.Send(bob, $"m{i}", ReceiptWishes.Failed));
        var brief = alice.Message("brief", ReceiptWishes.Failed) with { HasOwnLife = true };
        Assert.Null((await bob.Node.Receive(brief)).Refusal);

        _silo.Clock.Advance(TimeSpan.FromMinutes(2));
        await gateway.Notices.First(n => n.Notice is ReceiptNotice { Receipt.MessageId: "brief" });

        Assert.Equal(
            [("m0", Refusal.Unavailable.Code), ("m1", Refusal.Unavailable.Code), ("brief", 408)],
            gateway.NoticesTo<ReceiptNotice>(author).Select(n => (n.Receipt.MessageId, n.Receipt.Code)));
    }

    [Fact]
    public async Task That_somebody_types_waits_for_nobody()
    {
        var (alice, bob) = (await _silo.NewPerson(), await _silo.NewPerson());
        await bob.Approve(alice);
        var typing = alice.Message("m1") with { Type = "application/im-iscomposing+xml" };
        Assert.Equal(Refusal.Unavailable, (await bob.Node.Receive(typing)).Refusal);
    }

    [Fact]
    public async Task What_a_session_dies_with_waits_for_the_next_one_and_is_stored_until_it_is_acknowledged()
    {
        var (alice, bob) = (await _silo.NewPerson(), await _silo.NewPerson());
        await bob.Approve(alice);
        await using var gateway = await _silo.NewGateway();
        var first = await bob.Bind(gateway);
        Assert.Null(await alice.Send(bob, "online"));
        await bob.Node.Unbind("desk", first);

        // Handed over to one that is forgotten with the grain, and to one that acknowledges.
        await bob.Bind(gateway);
        await _silo.Deactivate(bob.Node);
        var third = await bob.Bind(gateway);
        await bob.Acknowledge(third, alice, "online");
        await _silo.Deactivate(bob.Node);
        var fourth = await bob.Bind(gateway);

        Assert.Equal("online", Assert.Single(gateway.NoticesTo<MessageNotice>(third)).Message.Id);
        Assert.Empty(gateway.NoticesTo<MessageNotice>(fourth));
    }

    [Fact]
    public async Task What_nobody_acknowledged_in_its_time_has_not_failed_but_waits()
    {
        var (alice, bob) = (await _silo.NewPerson(), await _silo.NewPerson());
        await bob.Approve(alice);
        await using var gateway = await _silo.NewGateway();
        var author = await alice.Bind(gateway);
        await bob.Bind(gateway, "slow");
        Assert.Null(await alice.Send(bob, "m1", ReceiptWishes.Failed | ReceiptWishes.Delivered, TimeSpan.FromSeconds(60)));

        _silo.Clock.Advance(TimeSpan.FromSeconds(61));
        await gateway.Notices.First(n => n.Notice is MessageNotice { Message.DelayedSince: not null });
        var session = gateway.Notices.All.Last(n => n.Notice is MessageNotice).Session;
        await bob.Acknowledge(session, alice, "m1");

        Assert.Equal(
            Disposition.Delivered, Assert.Single(gateway.NoticesTo<ReceiptNotice>(author)).Receipt.Disposition);
    }

    [Fact]
    public async Task What_waits_is_exported_and_goes_with_its_author()
    {
        var (alice, bob) = (await _silo.NewPerson(), await _silo.NewPerson());
        await bob.Approve(alice);
        await using var gateway = await _silo.NewGateway();
        Assert.Null(await alice.Send(bob, "m1"));
        Assert.Contains(
            await bob.Node.Export(), item => item.What == "message" && item.Name == alice.Address.ToString());

        await bob.Node.ForgetPerson(alice.Address);
        await _silo.Deactivate(bob.Node);

        Assert.DoesNotContain(await bob.Node.Export(), item => item.What == "message");
        var session = await bob.Bind(gateway);
        Assert.Empty(gateway.NoticesTo<MessageNotice>(session));
    }

    [Fact]
    public async Task Who_may_not_send_any_more_hears_that_what_waited_has_failed()
    {
        var (alice, bob) = (await _silo.NewPerson(), await _silo.NewPerson());
        await bob.Approve(alice);
        await using var gateway = await _silo.NewGateway();
        var author = await alice.Bind(gateway);
        Assert.Null(await alice.Send(bob, "m1", ReceiptWishes.Failed));
        await bob.Node.Block(new BlockRequest(bob.Address, alice.Address.ToString(), IsExplicit: true, Rights.All));

        var session = await bob.Bind(gateway);

        Assert.Empty(gateway.NoticesTo<MessageNotice>(session));
        Assert.Equal(403, Assert.Single(gateway.NoticesTo<ReceiptNotice>(author)).Receipt.Code);
    }

    [Fact]
    public async Task What_comes_while_too_much_is_in_hands_waits_until_there_is_room()
    {
        var (alice, bob) = (await _silo.NewPerson(), await _silo.NewPerson());
        await bob.Approve(alice);
        await using var gateway = await _silo.NewGateway();
        var session = await bob.Bind(gateway);
        foreach (var id in (string[])["m1", "m2", "m3"])
            Assert.Null(await alice.Send(bob, id));
        Assert.Equal(2, gateway.NoticesTo<MessageNotice>(session).Count());

        await bob.Acknowledge(session, alice, "m1");

        Assert.Equal("m3", gateway.NoticesTo<MessageNotice>(session).Last().Message.Id);
    }

    [Fact]
    public async Task What_an_endpoint_could_not_take_is_offered_again_within_seconds()
    {
        var (alice, bob) = (await _silo.NewPerson(), await _silo.NewPerson());
        await bob.Approve(alice);
        await using var gateway = await _silo.NewGateway();
        await bob.Bind(gateway);
        gateway.Taking = notice => Task.FromResult(notice is not MessageNotice);
        Assert.Null(await alice.Send(bob, "m1"));

        gateway.Taking = _ => Task.FromResult(true);
        _silo.Clock.Advance(TimeSpan.FromSeconds(5));

        await gateway.Notices.First(n => n.Notice is MessageNotice { Message.DelayedSince: not null });
    }

    public sealed class StoringSilo : IAsyncLifetime
    {
        internal PresenceSilo Silo { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Silo = await PresenceSilo.Start(
            storage => storage.AddMemoryGrainStorage(PresenceGrainsExtensions.StorageName), new GrainOptions { MaxStored = 2, MaxWaiting = 2 });

        public ValueTask DisposeAsync() => Silo.DisposeAsync();
    }
}
