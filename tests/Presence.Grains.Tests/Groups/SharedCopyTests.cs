using System.Collections.Immutable;
using Presence.Contracts.Groups;
using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;

namespace Presence.Grains.Tests.Groups;

/// <summary>A message of a group crosses to each gateway once, and is accounted for with each member.</summary>
public sealed class SharedCopyTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task A_message_to_two_hundred_members_at_one_gateway_crosses_once()
    {
        await using var silo = await PresenceSilo.Start(
            storage => storage.AddMemoryGrainStorage(PresenceGrainsExtensions.StorageName));
        var alice = await silo.NewPerson();
        var group = await NewGroup(silo, alice);
        await using var first = await silo.NewGateway();
        await using var second = await silo.NewGateway();
        var sessions = new List<string>();
        for (var i = 0; i < 210; i++)
        {
            var member = await silo.NewPerson();
            sessions.Add(await member.Bind(i < 200 ? first : second));
            await Join(group, member);
        }

        using var crossings = silo.Collect("presence.grains.group.crossings");
        using var copies = silo.Collect("presence.grains.group.copies");
        Assert.Null(await alice.Send(group));
        await first.Notices.First(n => n.Session == sessions[199]);
        await second.Notices.First(n => n.Session == sessions[209]);

        Assert.Equal(sessions[..200].Order(), Assert.Single(first.Shared.All).Sessions.Order());
        Assert.Equal(sessions[200..].Order(), Assert.Single(second.Shared.All).Sessions.Order());
        Assert.Equal(2, crossings.GetMeasurementSnapshot().Sum(one => one.Value));
        Assert.Equal(210, copies.GetMeasurementSnapshot().Sum(one => one.Value));
    }

    [Fact]
    public async Task Each_member_acknowledges_for_himself()
    {
        var (alice, bob, carol) = (await NewPerson(), await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var author = await alice.Bind(gateway);
        var (hers, his) = (await carol.Bind(gateway), await bob.Bind(gateway));
        await bob.Approve(alice);
        var group = await NewGroup(Silo, alice);
        await Join(group, bob);
        await Join(group, carol);

        await alice.Send(group, "m1", ReceiptWishes.Delivered);
        await gateway.Notices.First(n => n.Session == his && n.Notice is MessageNotice);
        await gateway.Notices.First(n => n.Session == hers && n.Notice is MessageNotice);
        await carol.Acknowledge(hers, alice);
        await bob.Acknowledge(his, alice);
        await bob.Acknowledge(his, alice);

        // Carol's presence is not known to alice, so she has no receipt from her, and her copy does not ask for one.
        var receipt = Assert.Single(gateway.NoticesTo<ReceiptNotice>(author)).Receipt;
        Assert.Equal((bob.Address, Disposition.Delivered), (receipt.From, receipt.Disposition));
        Assert.Equal(
            [(his, ReceiptWishes.Delivered), (hers, ReceiptWishes.None)],
            gateway.Shared.All.Select(copy => (Assert.Single(copy.Sessions), copy.Message.Wants)).OrderByDescending(c => c.Wants));
    }

    [Fact]
    public async Task A_member_whose_grain_is_made_anew_is_accounted_with_by_the_new_one()
    {
        var (alice, bob) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var before = await bob.Bind(gateway);
        var group = await NewGroup(Silo, alice);
        await Join(group, bob);
        foreach (var id in new[] { "m1", "m2" })
        {
            await alice.Send(group, id);
            await gateway.Notices.First(n => n.Session == before && n.Notice is MessageNotice notice && notice.Message.Id == id);
        }

        await Silo.Deactivate(bob.Node);
        var after = await bob.Bind(gateway);
        foreach (var id in new[] { "m3", "m4" })
        {
            await alice.Send(group, id);
            await gateway.Notices.First(n => n.Session == after && n.Notice is MessageNotice notice && notice.Message.Id == id);
        }

        Assert.Equal(["m1", "m2"], gateway.NoticesTo<MessageNotice>(before).Select(notice => notice.Message.Id));
        await bob.Acknowledge(after, alice, "m4");
        await bob.Node.Unbind("desk", after);
        Assert.Equal(["m3", "m4"], gateway.NoticesTo<MessageNotice>(after).Select(notice => notice.Message.Id));
    }

    [Fact]
    public async Task Who_joins_or_leaves_between_two_messages_gets_the_second_or_does_not()
    {
        var (alice, bob, carol) = (await NewPerson(), await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var (hers, his) = (await carol.Bind(gateway), await bob.Bind(gateway));
        var group = await NewGroup(Silo, alice);
        await Join(group, bob);
        await alice.Send(group, "m1");
        await Join(group, carol);
        await alice.Send(group, "m2");

        // Who leaves before his copy has gone out does not get it any more.
        await gateway.Notices.First(n => n.Session == his && n.Notice is MessageNotice { Message.Id: "m2" });
        await group.Node.Leave(bob.Address, bob.Address);
        await alice.Send(group, "m3");

        await gateway.Notices.First(n => n.Session == hers && n.Notice is MessageNotice { Message.Id: "m3" });
        Assert.Equal(["m1", "m2"], gateway.NoticesTo<MessageNotice>(his).Select(notice => notice.Message.Id));
        Assert.Equal(["m2", "m3"], gateway.NoticesTo<MessageNotice>(hers).Select(notice => notice.Message.Id));
    }

    [Fact]
    public async Task What_a_session_did_not_take_waits_for_nobody()
    {
        var (alice, bob) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway);
        var group = await NewGroup(Silo, alice);
        await Join(group, bob);
        var refused = new TaskCompletionSource();
        var left = 2;
        gateway.Taking = notice =>
        {
            if (notice is MessageNotice { Message.Id: "m1" } && --left == 0)
                refused.TrySetResult();
            return Task.FromResult(notice is not MessageNotice { Message.Id: "m1" });
        };

        // Refused in the crossing, and once more where the session is said to be; then it is as if it had never come.
        await alice.Send(group, "m1");
        await refused.Task;
        gateway.Taking = _ => Task.FromResult(true);
        await bob.Node.Forsake("desk", session);
        var next = await bob.Bind(gateway);

        Assert.Empty(gateway.NoticesTo<MessageNotice>(next));
    }

    [Fact]
    public async Task A_message_waits_for_the_next_session_when_the_gateway_is_lost_before_it_crosses()
    {
        var (alice, bob) = (await NewPerson(), await NewPerson());
        var (lost, next) = (await NewGateway(), await NewGateway());
        var session = await bob.Bind(lost);
        var message = alice.Message("m1");
        Assert.Single((await bob.Node.ExpectFromGroup(message)).Doors);

        await bob.Node.Forsake("desk", session);
        var heir = await bob.Bind(next);

        await next.Notices.First(n => n.Session == heir && n.Notice is MessageNotice { Message.Id: "m1" });
    }

    [Fact]
    public async Task Messages_of_one_author_come_in_order_though_a_gateway_holds_them_up()
    {
        var (alice, bob) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway);
        var group = await NewGroup(Silo, alice);
        await Join(group, bob);
        var release = new TaskCompletionSource();
        gateway.Taking = async _ =>
        {
            await release.Task;
            return true;
        };

        for (var i = 0; i < 4; i++)
            Assert.Null(await alice.Send(group, $"m{i}"));
        await gateway.Notices.First(n => n.Notice is MessageNotice);
        release.SetResult();
        await gateway.Notices.First(n => n.Notice is MessageNotice { Message.Id: "m3" });

        Assert.Equal(
            Enumerable.Range(0, 4).Select(i => $"m{i}"),
            gateway.NoticesTo<MessageNotice>(session).Select(n => n.Message.Id));
    }

    [Fact]
    public async Task That_somebody_types_in_a_group_is_not_accounted_for()
    {
        var (alice, bob) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway);
        var typing = alice.Message("m1") with { Type = "application/im-iscomposing+xml" };
        Assert.Single((await bob.Node.ExpectFromGroup(typing)).Doors);

        await bob.Node.Forsake("desk", session);
        await bob.Bind(gateway, "phone");

        Assert.Empty(gateway.Notices.All);
    }

    private static async Task<Person> NewGroup(PresenceSilo silo, Person owner)
    {
        var group = silo.Nobody();
        ImmutableArray<PropertyChange> changes = [new(PropertyPath.Parse("join"), PropertyValue.OfText("open"))];
        Assert.Null((await group.Node.CreateNode(new NodeCreation(owner.Address, NodeKinds.Group, changes))).Refusal);
        return group;
    }

    private static async Task Join(Person group, Person who) =>
        Assert.Null((await group.Node.Join(new JoinRequest(who.Address, who.Address, null, null))).Refusal);
}
