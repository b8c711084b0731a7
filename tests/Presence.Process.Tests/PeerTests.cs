using System.Net;
using Presence.Client;
using Presence.Client.Peers;
using Presence.Model.Addresses;
using Presence.Process.Tests.Node;
using Presence.Process.Tests.Peers;

namespace Presence.Process.Tests;

/// <summary>Two clients of a node that go direct, over real sockets, and come back to it.</summary>
public sealed class PeerTests(PeerNode peers) : IClassFixture<PeerNode>, IAsyncLifetime
{
    private static readonly PropertyPath Note = PropertyPath.Parse("note");
    private static readonly string[] Receipts = ["delivered", "displayed"];

    private readonly NodeProcess _node = peers.Process;
    private readonly string _alice = peers.NewName("alice");
    private readonly string _bob = peers.NewName("bob");

    public async ValueTask InitializeAsync()
    {
        await _node.AddUser(_alice, "wonderland");
        await _node.AddUser(_bob, "builder");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Messages_receipts_and_values_flow_directly_once_both_have_agreed()
    {
        var wire = new WireLog();
        await using var alice = await Alice(trace: wire);
        await using var bob = await Bob();
        await Befriend(alice, bob);

        var result = await alice.Conversation.GoDirect();
        Assert.True(result.IsDirect, result.Why);
        await bob.Sees<PeerChange>(change => change.IsDirect);
        var sent = await alice.Conversation.Send("hello", Receipts);
        var message = await bob.Sees<Message>(message => message.Text == "hello");
        await bob.Conversation.Displayed(message);
        await alice.Sees<Receipt>(receipt => receipt.Mid == sent.Mid && receipt.Disposition == "delivered");
        await alice.Sees<Receipt>(receipt => receipt.Mid == sent.Mid && receipt.Disposition == "displayed");
        await bob.Conversation.Send("and back");
        await alice.Sees<Message>(message => message.Text == "and back");

        await bob.Session.SetNote("in the garden");
        Assert.Equal("in the garden", (await alice.Conversation.Get(Note))?.Value);
        await alice.Conversation.Watch(Note);
        await bob.Session.SetNote("back inside");
        var change = await alice.Sees<Notification>(change => change.Value == "back inside");

        Assert.Equal((await bob.Session.GetNote())?.Version, change.Version);
        foreach (var frame in new[] { "SEND ", "RECEIPT ", "GET ", "SUB ", "NOTIFY ", "ACK ", "AUTH " })
            Assert.Contains(wire.Lines, line => line.StartsWith(frame, StringComparison.Ordinal));
        Assert.Contains(wire.Lines, line => line.StartsWith("NOTIFY ", StringComparison.Ordinal)
            && line.Contains("val=back%20inside", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Conformance", "INV-09")]
    public async Task Going_direct_and_falling_back_again_and_again_loses_no_message_and_shows_none_twice()
    {
        const int Rounds = 6;
        const int Messages = 25;
        var wire = new WireLog();
        await using var alice = await Alice(trace: wire);
        await using var bob = await Bob();
        await Befriend(alice, bob);

        var expected = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var result = await alice.Conversation.GoDirect();
            Assert.True(result.IsDirect, result.Why);
            for (var number = 0; number < Messages; number++)
            {
                expected.Add($"{round}-{number}");
                var sending = alice.Conversation.Send(expected[^1], Receipts);

                // The connection is cut while a message is on its way.
                if (number == Messages / 2)
                    await (round % 2 == 0 ? bob : alice).Conversation.GoHome();
                Assert.True((await sending).IsAccepted);
            }

            await bob.Sees<Message>(message => message.Text == expected[^1]);
            await Home(alice, round + 1);
            await Home(bob, round + 1);
        }

        foreach (var text in expected)
            await bob.Sees<Message>(message => message.Text == text);
        Assert.Equal(expected.Order(StringComparer.Ordinal), bob.Texts.Order(StringComparer.Ordinal));
        Assert.True(wire.Lines.Count(line => line.StartsWith("SEND ", StringComparison.Ordinal)) >= Rounds * Messages / 2);
    }

    [Fact]
    public async Task Two_who_invite_each_other_at_once_end_up_with_one_connection()
    {
        await using var alice = await Alice();
        await using var bob = await Bob();
        await Befriend(alice, bob);

        await Task.WhenAll(alice.Conversation.GoDirect(), bob.Conversation.GoDirect());
        await alice.Sees<PeerChange>(change => change.IsDirect);
        await bob.Sees<PeerChange>(change => change.IsDirect);
        await alice.Conversation.Send("one");
        await bob.Sees<Message>(message => message.Text == "one");
        await bob.Conversation.Send("two");
        await alice.Sees<Message>(message => message.Text == "two");

        Assert.True(Assert.Single(alice.Changes).IsDirect);
        Assert.True(Assert.Single(bob.Changes).IsDirect);
    }

    [Fact]
    public async Task A_partner_who_is_blocked_politely_loses_the_connection_as_if_the_owner_had_gone()
    {
        await using var alice = await Alice();
        await using var bob = await Bob(rulesLife: TimeSpan.FromSeconds(1));
        await Befriend(alice, bob);
        Assert.True((await alice.Conversation.GoDirect()).IsDirect);
        await alice.Conversation.Watch(PropertyPath.Parse("status"));

        await using var desk = await PeerUser.Open(_node, _bob, "builder", "desk");
        (await desk.Ask("BLOCK", "~", [("who", _alice)])).Require();

        await alice.Sees<PeerChange>(change => !change.IsDirect);
        await alice.Sees<Notification>(change => change.Value == "offline");
        Assert.Equal(480, (await alice.Conversation.Send("are you there?")).Code);
        Assert.False((await alice.Conversation.GoDirect()).IsDirect);
        Assert.Empty(bob.Texts);
    }

    [Fact]
    public async Task Each_side_keeps_its_owners_access_lists()
    {
        var wire = new WireLog();
        await using var alice = await Alice(trace: wire);
        await using var bob = await Bob();
        await Befriend(alice, bob);
        (await bob.Session.Ask("SET", "~/diary", [("val", "secret")])).Require();
        (await bob.Session.Ask("SETACL", "~/inbox", [("type", "text/pip-acl")],
            "deny * send\r\n"u8.ToArray())).Require();
        Assert.True((await alice.Conversation.GoDirect()).IsDirect);

        var refused = await Assert.ThrowsAsync<PipRefusedException>(
            () => alice.Conversation.Get(PropertyPath.Parse("diary")));
        Assert.Equal(403, refused.Code);
        Assert.Equal(403, (await alice.Conversation.Send("let me in")).Code);

        Assert.Equal(2, wire.Lines.Count(line => line.StartsWith("502 ", StringComparison.Ordinal)));
        Assert.True(alice.Conversation.IsDirect);
        Assert.Empty(bob.Texts);
    }

    [Fact]
    public async Task Without_a_direct_way_the_home_servers_go_on()
    {
        await using var alice = await Alice();
        await using var bob = await Bob(accepts: false);
        await Befriend(alice, bob);

        Assert.False((await alice.Conversation.GoDirect()).IsDirect);
        (await bob.Session.Ask("SET", "~/privacy/p2p", [("val", "deny")])).Require();
        Assert.False((await bob.Conversation.GoDirect()).IsDirect);

        Assert.True((await alice.Conversation.Send("the old way")).IsAccepted);
        await bob.Sees<Message>(message => message.Text == "the old way");
    }

    private static async Task Befriend(PeerUser alice, PeerUser bob)
    {
        await bob.Session.Approve(alice.Session.Account);
        await alice.Session.Approve(bob.Session.Account);
    }

    private static async Task Home(PeerUser user, int times)
    {
        await user.Sees<PeerChange>(_ => user.Changes.Count(change => !change.IsDirect) == times);
        Assert.False(user.Conversation.IsDirect);
    }

    private Task<PeerUser> Alice(WireLog? trace = null) => PeerUser.LogIn(
        _node, _alice, "wonderland", _bob,
        new PeerOptions { Addresses = [IPAddress.Loopback], Trace = trace is null ? null : trace.Take });

    private Task<PeerUser> Bob(TimeSpan? rulesLife = null, bool accepts = true) => PeerUser.LogIn(
        _node, _bob, "builder", _alice, new PeerOptions
        {
            Addresses = [IPAddress.Loopback],
            Accepts = accepts,
            RulesLife = rulesLife ?? TimeSpan.FromSeconds(10),
        });
}
