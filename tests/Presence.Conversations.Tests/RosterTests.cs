using Presence.Contracts;
using Presence.Conversations.Tests.Domains;
using Presence.Conversations.Tests.Node;
using Presence.Model.Addresses;

namespace Presence.Conversations.Tests;

/// <summary>A group and its members in different domains: the lists by which its messages name them.</summary>
public sealed class RosterTests(OneDomain domain) : IClassFixture<OneDomain>
{
    private static readonly Address Chess = Address.Parse("chess@b.example");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Trait("Conformance", "GRP-08")]
    public async Task One_frame_is_for_all_members_here()
    {
        var (amy, ben) = (await Member("amy"), await Member("ben"));
        await using var peer = await domain.Link();

        Assert.Equal(
            "202 10 accepted",
            await peer.Ask("SEND 10 a.example from=chess@b.example by=bob@b.example mid=g1 rcpt=amy,ben type=text/plain", "hi"));

        Assert.Contains(" chess@b.example from=bob@b.example mid=g1 ", await amy.Next("MSG "), StringComparison.Ordinal);
        Assert.Contains(" chess@b.example from=bob@b.example mid=g1 ", await ben.Next("MSG "), StringComparison.Ordinal);
    }

    [Fact, Trait("Conformance", "GRP-09")]
    public async Task A_list_that_is_not_known_is_asked_for_and_the_message_comes_once()
    {
        var (cleo, dan) = (await Member("cleo"), await Member("dan"));
        await using var peer = await domain.Link();
        Assert.Equal("409 10 roster-mismatch epoch=0", await peer.Ask(Send(10, "g1", 3), "hi"));

        Assert.Equal("200 11 ok", await peer.Ask(Roster(11, "epoch=3"), "cleo@a.example\r\n"));
        Assert.Equal("409 12 roster-mismatch epoch=3", await peer.Ask(Send(12, "g1", 4), "hi"));
        Assert.Equal("409 13 roster-mismatch epoch=3", await peer.Ask(Roster(13, "epoch=5 base=4"), "dan@a.example\r\n"));
        Assert.Equal("200 14 ok", await peer.Ask(Roster(14, "epoch=4 base=3"), "dan@a.example\r\ncleo@a.example state=left\r\n"));
        Assert.Equal("202 15 accepted", await peer.Ask(Send(15, "g1", 4), "hi"));
        Assert.Equal("202 16 accepted", await peer.Ask(Send(16, "g1", 4), "hi"));

        Assert.Contains(" mid=g1 ", await dan.Next("MSG "), StringComparison.Ordinal);
        Assert.EndsWith(" pong", await dan.Ask("PING {0}"), StringComparison.Ordinal);
        Assert.EndsWith(" pong", await cleo.Ask("PING {0}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_of_a_group_of_the_one_who_tells_it_and_of_people_here()
    {
        await using var peer = await domain.Link();

        Assert.Equal("403 10 forbidden param=from", await peer.Ask("ROSTER 10 chess@b.example from=bob@b.example epoch=1", "x@a.example\r\n"));
        Assert.Equal("403 11 forbidden param=from", await peer.Ask("ROSTER 11 chess@c.example from=chess@c.example epoch=1", "x@a.example\r\n"));
        Assert.Equal("502 12 no-service", await peer.Ask(Roster(12, "epoch=1"), "x@d.example\r\n"));
        Assert.Equal("400 13 bad-request param=epoch", await peer.Ask(Roster(13, "epoch=0"), "x@a.example\r\n"));
        Assert.Equal("484 14 bad-address", await peer.Ask(Roster(14, "epoch=1"), "X@a.example\r\n"));
        Assert.Equal("400 15 bad-request", await peer.Ask(Roster(15, "epoch=1")));
        Assert.Equal("400 16 bad-request param=rcpt", await peer.Ask(
            "SEND 16 a.example from=chess@b.example by=bob@b.example mid=g1 rcpt=@x type=text/plain", "hi"));
    }

    [Fact]
    public async Task A_group_tells_its_list_again_to_a_domain_that_has_lost_it()
    {
        await domain.CreateUser("leader");
        var leader = await Asker.LogIn(new OneDomainHost(domain), Cancel, "leader:wonderland");
        Assert.StartsWith("201 ", await leader.Ask("CREATE {0} band@a.example join=open send=members"), StringComparison.Ordinal);
        await using var peer = await domain.Link();
        for (var n = 0; n < 40; n++)
            Assert.StartsWith($"200 {10 + n} ok", await peer.Ask($"JOIN {10 + n} band@a.example from=p{n}@b.example"), StringComparison.Ordinal);
        var isLost = true;
        peer.Reply = words => words[0] == "ROSTER" ? $"200 {words[1]} ok"
            : isLost ? $"409 {words[1]} roster-mismatch epoch=0" : $"202 {words[1]} accepted";

        await leader.Send("SEND {0} band@a.example mid=g1 type=text/plain", "Hello"u8.ToArray());

        Assert.StartsWith("ROSTER ", await peer.NextRequest(), StringComparison.Ordinal);
        var first = await peer.NextRequest();
        isLost = false;
        Assert.StartsWith("ROSTER ", await peer.NextRequest(), StringComparison.Ordinal);
        var second = await peer.NextRequest();
        Assert.Contains(" mid=g1 ", first, StringComparison.Ordinal);
        Assert.Contains(" mid=g1 ", second, StringComparison.Ordinal);
        Assert.NotEqual(first.Split(" rcpt=")[1].Split(' ')[0], second.Split(" rcpt=")[1].Split(' ')[0]);
        Assert.Equal("200 900 pong", await peer.Ask("PING 900"));
        Assert.Empty(peer.Requests);
    }

    private static string Roster(int tag, string with) => $"ROSTER {tag} chess@b.example from=chess@b.example {with} type=text/pip-who";

    private static string Send(int tag, string id, int epoch) =>
        $"SEND {tag} a.example from=chess@b.example by=bob@b.example mid={id} rcpt=@{epoch} type=text/plain";

    private async Task<Asker> Member(string local)
    {
        var user = await domain.CreateUser(local);
        Assert.Null(await domain.Node.Grains.GetMemberships(user).NoteGroup(Chess));
        return await Asker.LogIn(new OneDomainHost(domain), Cancel, $"{local}:wonderland");
    }
}
