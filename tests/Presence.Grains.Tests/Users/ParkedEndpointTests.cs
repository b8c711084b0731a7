using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Grains.Tests.Users;

public sealed class ParkedEndpointTests(SharedSilo shared) : PresenceTest(shared)
{
    private static readonly TimeSpan ResumeTime = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_parked_endpoint_shows_nothing_and_a_resume_brings_back_what_it_showed()
    {
        var bob = await NewPerson();
        var session = await bob.Bind(await NewGateway(), show: "busy");
        await bob.Set("ep/desk/note", "tea");
        await bob.Set("ep/desk/place", "here", lease: TimeSpan.FromSeconds(40));
        await bob.Set("ep/desk/mood", "fine", lease: TimeSpan.FromSeconds(10));

        Assert.True(await bob.Node.Park("desk", session, ResumeTime));
        Assert.Equal("offline", await bob.Get("status"));
        Assert.Null(await bob.Get("ep/desk/note"));
        Pass(TimeSpan.FromSeconds(20));
        Assert.True(await bob.Node.Resume("desk", session));

        Assert.Equal("busy", await bob.Get("status"));
        Assert.Equal("tea", await bob.Get("ep/desk/note"));
        Assert.Equal("here", await bob.Get("ep/desk/place"));
        Assert.Null(await bob.Get("ep/desk/mood"));
    }

    [Fact]
    public async Task What_was_written_since_stands()
    {
        var bob = await NewPerson();
        var session = await bob.Bind(await NewGateway(), show: "busy");
        await bob.Node.Park("desk", session, ResumeTime);
        await bob.Set("ep/desk/status", "dnd");
        await bob.Node.Resume("desk", session);
        Assert.Equal("dnd", await bob.Get("ep/desk/status"));
    }

    [Fact]
    public async Task A_parked_name_is_not_in_use_and_too_many_parked_ones_make_room()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var first = await bob.Bind(gateway, endpoint: "e0");
        for (var i = 1; i < 16; i++)
            await bob.Bind(gateway, endpoint: $"e{i}");
        Assert.Equal(431, (await Bind(bob, gateway, "e16")).Refusal?.Code);

        await bob.Node.Park("e0", first, ResumeTime);
        Assert.Null((await Bind(bob, gateway, "e16")).Refusal);
        Assert.Contains((first, "replaced"), gateway.Closed.All);
        Assert.False(await bob.Node.Resume("e0", first));
        Assert.Equal(409, (await Bind(bob, gateway, "e16")).Refusal?.Code);
    }

    [Fact]
    public async Task A_session_that_nobody_resumes_is_over_and_its_messages_fail()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        await bob.Approve(alice);
        var sender = await alice.Bind(gateway);
        var session = await bob.Bind(gateway);
        await alice.Send(bob, wants: ReceiptWishes.Failed, life: TimeSpan.FromHours(1));
        await bob.Node.Park("desk", session, ResumeTime);
        Assert.Empty(gateway.NoticesTo<ReceiptNotice>(sender));

        Pass(ResumeTime);

        var told = await gateway.Notices.First(n => n.Session == sender && n.Notice is ReceiptNotice);
        Assert.Equal(Disposition.Failed, ((ReceiptNotice)told.Notice).Receipt.Disposition);
        Assert.False(await bob.Node.Resume("desk", session));
    }

    [Fact]
    public async Task A_session_of_a_gateway_that_does_not_know_it_is_gone_and_its_name_free()
    {
        var bob = await NewPerson();
        var (here, there) = (await NewGateway(), await NewGateway());
        var session = await bob.Bind(here);

        var answer = await bob.Node.TakeOver(new TakeOverRequest(session, "key", 0, there.Inbox));

        Assert.Equal(410, answer.Refusal?.Code);
        Assert.Null((await Bind(bob, there, "desk")).Refusal);
    }

    [Fact]
    public async Task A_refused_hand_over_leaves_the_session_where_it_is()
    {
        var bob = await NewPerson();
        var (here, there) = (await NewGateway(), await NewGateway());
        var session = await bob.Bind(here);
        here.Giving = _ => HandOverAnswer.Refused(new Refusal(410, "session-gone"), isOver: false);

        Assert.Equal(410, (await bob.Node.TakeOver(new TakeOverRequest(session, "x", 0, there.Inbox))).Refusal?.Code);

        Assert.Equal("online", await bob.Get("status"));
        Assert.True(await bob.Node.Resume("desk", session));
    }

    private static Task<BindAnswer> Bind(Person person, Gateway gateway, string endpoint) =>
        person.Node.Bind(new EndpointBinding(endpoint, Person.FreshSession(), 0, null, false, gateway.Inbox));
}
