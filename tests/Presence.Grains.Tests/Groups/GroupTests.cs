using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Groups;
using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Tests.Groups;

public sealed class GroupTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task A_group_and_an_account_cannot_have_one_address()
    {
        var (alice, bob) = (await NewPerson(), await NewPerson());
        var group = await NewGroup(alice);

        Assert.Equal(Refusal.Conflict, await group.Node.Create());
        Assert.Equal(Refusal.Conflict, (await Create(alice, bob)).Refusal);
        Assert.Null(await group.Node.Destroy(alice.Address, null));
        Assert.Null(await group.Node.Create());
    }

    [Fact]
    public async Task Nobody_logs_in_as_a_group()
    {
        var group = await NewGroup(await NewPerson());
        var answer = await group.Node.Bind(new("desk", "s", 0, "online", false, (await NewGateway()).Inbox));
        Assert.Equal(Refusal.NotFound, answer.Refusal);
    }

    [Fact]
    public async Task What_is_decided_survives_the_activation()
    {
        var (alice, bob, carol) = (await NewPerson(), await NewPerson(), await NewPerson());
        var group = await NewGroup(alice);
        await Join(group, bob, classes: "games.>");
        await Members(group).Ban(alice.Address, carol.Address);

        await Silo.Deactivate(group.Node);
        await Silo.Deactivate(Members(group));

        Assert.Equal(GroupRole.Member, await Members(group).RoleOf(bob.Address));
        Assert.Equal(Refusal.Forbidden, (await Join(group, carol)).Refusal);
        Assert.Equal("group", await group.Get("kind", alice));
        Assert.Equal("open", await group.Get("join", alice));
    }

    [Fact]
    [Trait("Conformance", "GRP-12")]
    public async Task Who_has_left_gets_nothing_of_what_was_still_waiting()
    {
        var (alice, bob) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway);
        var group = await NewGroup(alice);
        await Join(group, bob);
        var release = new TaskCompletionSource();
        var isHeld = new TaskCompletionSource();
        gateway.Taking = async notice =>
        {
            if (notice is not MessageNotice)
                return true;
            isHeld.TrySetResult();
            await release.Task;
            return true;
        };
        for (var i = 0; i < 5; i++)
            Assert.Null(await alice.Send(group, $"m{i}"));
        await isHeld.Task;

        // The one copy that is being handed over is waited for; the others are taken back.
        var leaving = group.Node.Leave(bob.Address, bob.Address);
        while (await Members(group).RoleOf(bob.Address) is not null)
            await Task.Yield();
        release.SetResult();
        Assert.Null(await leaving);
        var count = gateway.NoticesTo<MessageNotice>(session).Count();
        Assert.Null(await alice.Send(group, "late"));

        Assert.Equal(1, count);
        Assert.Single(gateway.NoticesTo<MessageNotice>(session));
    }

    [Fact]
    public async Task A_slow_member_makes_neither_the_sender_nor_the_others_wait()
    {
        var (alice, bob, carol) = (await NewPerson(), await NewPerson(), await NewPerson());
        var (slow, quick) = (await NewGateway(), await NewGateway());
        await bob.Bind(slow);
        var session = await carol.Bind(quick);
        var group = await NewGroup(alice);
        await Join(group, bob);
        await Join(group, carol);
        var release = new TaskCompletionSource();
        slow.Taking = async _ =>
        {
            await release.Task;
            return true;
        };

        for (var i = 0; i < 4; i++)
            Assert.Null(await alice.Send(group, $"m{i}"));
        await quick.Notices.First(n => n.Notice is MessageNotice { Message.Id: "m3" });
        release.SetResult();

        Assert.Equal(
            Enumerable.Range(0, 4).Select(i => $"m{i}"),
            quick.NoticesTo<MessageNotice>(session).Select(n => n.Message.Id));
    }

    [Fact]
    public async Task A_message_to_a_group_is_no_request_and_names_the_group()
    {
        var (alice, bob) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        await bob.Bind(gateway);
        var group = await NewGroup(alice);
        await Join(group, bob);

        await alice.Send(group, "m1", ReceiptWishes.Delivered);

        var (_, notice) = await gateway.Notices.First(n => n.Notice is MessageNotice);
        var message = Assert.IsType<MessageNotice>(notice);
        Assert.False(message.IsRequest);
        Assert.Equal((alice.Address, group.Address), (message.Message.From, message.Message.Place!.Value.Address));

        // Alice may not know whether bob is there, so she gets no receipt either.
        Assert.Equal(ReceiptWishes.None, message.Message.Wants);
    }

    [Fact]
    public async Task A_principal_follows_membership_at_once()
    {
        var (alice, bob) = (await NewPerson(), await NewPerson());
        var group = await NewGroup(alice);
        Assert.False(await Members(group).IsMember(bob.Address));
        await Join(group, bob);
        Assert.True(await Members(group).IsMember(bob.Address));
        await group.Node.Leave(bob.Address, bob.Address);
        Assert.False(await Members(group).IsMember(bob.Address));
    }

    [Fact]
    public async Task A_rule_about_the_domain_makes_its_users_members_except_the_banned()
    {
        var (alice, bob, carol) = (await NewPerson(), await NewPerson(), await NewPerson());
        var group = await NewGroup(alice, rule: "domain");
        await Members(group).Ban(alice.Address, carol.Address);

        Assert.True(await Members(group).IsMember(bob.Address));
        Assert.False(await Members(group).IsMember(Silo.Nobody("b.example").Address));
        Assert.False(await Members(group).IsMember(carol.Address));
        Assert.Null(await bob.Send(group));
        Assert.Equal(Refusal.Forbidden, await carol.Send(group));
    }

    [Fact]
    public async Task A_rule_about_an_interest_reaches_those_who_share_it()
    {
        var (alice, bob) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        await bob.Bind(gateway);
        var pattern = ClassPattern.Parse($"{PresenceSilo.FreshRoute()}.>");
        Assert.Null(await Silo.Client.GetInterest(bob.Address.Domain, pattern).Join(bob.Address, pattern));
        var group = await NewGroup(alice, rule: $"interest:{pattern}");

        Assert.Null(await alice.Send(group));

        await gateway.Notices.First(n => n.Notice is MessageNotice);
        Assert.True(await Members(group).IsMember(bob.Address));
    }

    [Fact]
    public async Task A_message_that_came_through_one_group_goes_through_no_other()
    {
        var alice = await NewPerson();
        var group = await NewGroup(alice);
        Assert.Equal(Refusal.NotAllowed, await group.Node.ReceiveFromGroup(alice.Message()));
    }

    [Fact]
    public async Task What_one_user_makes_is_bounded()
    {
        var alice = await NewPerson();
        var memberships = Silo.Client.GetMemberships(alice.Address);
        for (var i = 0; i < 100; i++)
            Assert.Null(await memberships.NoteOwn(PresenceSilo.FreshAddress()));
        Assert.Equal(Refusal.TooMany, (await Create(alice, Silo.Nobody())).Refusal);
    }

    [Fact]
    public async Task The_next_holder_of_an_address_belongs_to_nothing()
    {
        var (alice, bob) = (await NewPerson(), Silo.Nobody());
        var account = Silo.Client.GetAccount(bob.Address);
        var verifier = ScramVerifier.Derive("secret", "0123456789abcdef"u8, ScramVerifier.MinIterations);
        await account.Create(verifier);
        var group = await NewGroup(alice);
        await Join(group, bob);
        var pattern = ClassPattern.Parse($"{PresenceSilo.FreshRoute()}.>");
        var listeners = Silo.Client.GetInterest(bob.Address.Domain, pattern);
        await listeners.Join(bob.Address, pattern);

        Assert.Null(await account.Remove());
        Assert.Null(await account.Create(verifier));

        Assert.Null(await Members(group).RoleOf(bob.Address));
        Assert.Empty(await listeners.MembersOf(pattern));
        Assert.Empty((await Silo.Client.GetMemberships(bob.Address).List()).Groups);
    }

    private IGroupGrain Members(Person group) => Silo.Client.GetGroup(group.Address);

    private static Task<Contracts.Users.WriteAnswer> Create(Person owner, Person at, string? rule = null) =>
        at.Node.CreateNode(new NodeCreation(
            owner.Address, NodeKinds.Group,
            [
                Setting("join", "open"),
                .. rule is null ? ImmutableArray<PropertyChange>.Empty : [Setting("rule", rule)],
            ]));

    private static PropertyChange Setting(string name, string value) =>
        new(PropertyPath.Parse(name), PropertyValue.OfText(value));

    private static Task<JoinAnswer> Join(Person group, Person who, string? classes = null) =>
        group.Node.Join(new JoinRequest(
            who.Address, who.Address, null, classes is null ? null : [ClassPattern.Parse(classes)]));

    private async Task<Person> NewGroup(Person owner, string? rule = null)
    {
        var group = Silo.Nobody();
        Assert.Null((await Create(owner, group, rule)).Refusal);
        return group;
    }
}
