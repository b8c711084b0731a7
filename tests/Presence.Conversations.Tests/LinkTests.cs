using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Conversations.Tests.Domains;
using Presence.Conversations.Tests.Node;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Conversations.Tests;

/// <summary>What the other end of a link may say, and how often it is told something.</summary>
public sealed class LinkTests(OneDomain domain) : IClassFixture<OneDomain>
{
    [Fact, Trait("Conformance", "FED-01")]
    public async Task Nobody_speaks_for_people_of_a_domain_that_he_has_not_proven()
    {
        await domain.CreateUser("forged");
        await using var peer = await domain.Link();

        Assert.Equal("403 10 forbidden param=from", await peer.Ask("GET 10 forged@a.example/status from=eve@c.example"));
        Assert.Equal("403 11 forbidden param=from", await peer.Ask("GET 11 forged@a.example/status from=forged@a.example"));
        Assert.Equal("400 12 bad-request param=from", await peer.Ask("GET 12 forged@a.example/status"));
        Assert.Equal("403 13 forbidden", await peer.Ask("GET 13 forged@a.example/ep from=bob@b.example"));
    }

    [Fact, Trait("Conformance", "FRM-16")]
    public async Task What_is_passed_on_is_written_anew_and_what_nobody_knows_stays_behind()
    {
        var dora = await domain.CreateUser("dora");
        Assert.Null((await domain.Node.Grains.GetUser(dora).SetAccess(new AccessListRequest(
            dora, PropertyPath.Root, null, [new AccessLine("allow", "*@b.example", "send", null)]))).Refusal);
        var client = await Asker.LogIn(new OneDomainHost(domain), TestContext.Current.CancellationToken, "dora:wonderland");
        await using var peer = await domain.Link();

        await client.Send("SEND {0} bob@b.example mid=m1 type=text/plain x-mark=here", "hi"u8.ToArray());
        var passed = await peer.NextRequest();
        Assert.Contains(" from=dora@a.example mid=m1 ", passed, StringComparison.Ordinal);
        Assert.DoesNotContain("x-mark", passed, StringComparison.Ordinal);

        Assert.Equal(
            "202 10 accepted",
            await peer.Ask("SEND 10 dora@a.example from=bob@b.example x-mark=here mid=m2 type=text/plain", "hi"));
        var message = await client.Next("MSG ");
        Assert.Contains(" from=bob@b.example mid=m2 ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("x-mark", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_removed_leaves_the_groups_of_other_domains_too()
    {
        var former = await domain.CreateUser("former");
        var client = await Asker.LogIn(new OneDomainHost(domain), TestContext.Current.CancellationToken, "former:wonderland");
        await using var peer = await domain.Link();
        peer.Reply = words => $"200 {words[1]} ok state=member";
        await client.Send("JOIN {0} chess@b.example");
        Assert.Contains(" chess@b.example from=former@a.example", await peer.NextRequest(), StringComparison.Ordinal);
        Assert.EndsWith(" ok state=member", await client.Next("200 "), StringComparison.Ordinal);

        Assert.Null(await domain.Node.Grains.GetAccount(former).Remove());

        var leave = (await peer.NextRequest()).Split(' ');
        Assert.Equal(["LEAVE", "chess@b.example", "from=former@a.example"], [leave[0], .. leave[2..]]);
    }

    [Fact, Trait("Conformance", "LOC-02 TOK-15")]
    public async Task Addresses_between_domains_are_canonical()
    {
        await using var peer = await domain.Link();

        Assert.Equal("484 10 bad-address", await peer.Ask("GET 10 Alice@a.example/status from=bob@b.example"));
        Assert.Equal("484 11 bad-address", await peer.Ask("GET 11 ~/status from=bob@b.example"));
        Assert.Equal("484 12 bad-address param=from", await peer.Ask("GET 12 alice@a.example/status from=Bob@b.example"));
        Assert.Equal("502 13 no-service", await peer.Ask("GET 13 alice@d.example/status from=bob@b.example"));
    }

    [Fact]
    public async Task A_domain_that_the_certificate_does_not_name_is_not_let_in()
    {
        await using var peer = await domain.Connect(speaker: "c.example");

        await peer.Read();
        await peer.Ask("HELLO 1 a.example v=1.0 role=server from=b.example");
        Assert.Equal("435 2 auth-failed", await peer.Ask("AUTH 2 EXTERNAL data=Yi5leGFtcGxl"));
        Assert.Equal("435 3 auth-failed", await peer.Ask("AUTH 3 EXTERNAL data=Yy5leGFtcGxl"));
        Assert.Equal("401 4 auth-required", await peer.Ask("BIND 4 ep=x"));
        Assert.Equal("435 5 auth-failed", await peer.Ask("AUTH 5 EXTERNAL data=YS5leGFtcGxl"));
        Assert.Equal("closed", (await peer.Read()).Line);
    }

    [Fact, Trait("Conformance", "FED-07 FED-08")]
    public async Task Unsubscribing_is_always_granted_and_unknown_nodes_stay_silent()
    {
        await using var peer = await domain.Link();

        Assert.Equal("200 10 ok", await peer.Ask("UNSUB 10 never-seen from=bob@b.example"));
        Assert.Equal(
            "200 11 ok n=0",
            await peer.Ask(
                "SYNC 11 from=b.example type=text/pip-sync",
                "x1 ver=0 at=nobody@a.example/status from=bob@b.example expires=3600\r\n"));
        Assert.Equal("200 12 ok n=0", await peer.Ask("SYNC 12 from=b.example type=text/pip-sync", ""));
        Assert.Empty(peer.Events);
    }

    [Fact]
    public async Task A_link_lasts_however_seldom_something_is_said()
    {
        await using var peer = await domain.Link();

        for (var n = 0; n < 90; n++)
        {
            domain.Clock.Advance(TimeSpan.FromSeconds(1));
            await domain.ReportsAreIn();
            if (n % 50 == 0)
                Assert.Equal($"200 {10 + n} pong", await peer.Ask($"PING {10 + n}"));
        }

        Assert.Equal("200 200 pong", await peer.Ask("PING 200"));
    }

    [Fact, Trait("Conformance", "FED-06")]
    public async Task A_change_crosses_once_however_many_watch()
    {
        const int Watchers = 1000;
        var alice = await domain.CreateUser("famous");
        await Allow(alice);
        await using var peer = await domain.Link();
        string? view = null;
        for (var n = 0; n < Watchers; n++)
        {
            var known = view is null ? "" : $" view={view} ver=999999999999999999";
            var answer = await peer.Ask($"SUB {10 + n} famous@a.example/note from=w{n}@b.example id=i{n} expires=3600{known}");
            Assert.StartsWith($"200 {10 + n} ok id=i{n} state=active view=", answer, StringComparison.Ordinal);
            view ??= answer.Split("view=")[1].Split(' ')[0];
        }

        await Write(alice, "hello");
        domain.Clock.Advance(TimeSpan.FromSeconds(1));
        var notified = await peer.NextEvent();
        Assert.Contains($" view={view} ", notified, StringComparison.Ordinal);
        Assert.Contains("val=hello", notified, StringComparison.Ordinal);

        await Write(alice, "bye");
        domain.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("val=bye", await peer.NextEvent(), StringComparison.Ordinal);
        Assert.Equal("200 9000 pong", await peer.Ask("PING 9000"));
        Assert.Empty(peer.Events);
    }

    [Fact, Trait("Conformance", "FED-04")]
    public async Task A_new_session_is_told_only_what_it_does_not_know()
    {
        var alice = await domain.CreateUser("changing");
        await Allow(alice);
        string view, version;
        await using (var peer = await domain.Link())
        {
            await Write(alice, "one");
            domain.Clock.Advance(TimeSpan.FromSeconds(1));
            var answer = await peer.Ask("SUB 10 changing@a.example/note from=bob@b.example id=b1 expires=3600");
            view = answer.Split("view=")[1].Split(' ')[0];
            version = (await peer.NextEvent()).Split("ver=")[1].Split(' ')[0];
            Assert.Equal("221 11 bye", await peer.Ask("QUIT 11"));
        }

        await using var again = await domain.Link();
        var line = $"b1 ver={version} at=changing@a.example/note from=bob@b.example expires=3600 state=active view={view}\r\n";
        Assert.Equal("200 10 ok n=0", await again.Ask("SYNC 10 from=b.example type=text/pip-sync", line));
        await Write(alice, "two");
        domain.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("val=two", await again.NextEvent(), StringComparison.Ordinal);
        Assert.Equal("200 11 ok n=1", await again.Ask("SYNC 11 from=b.example type=text/pip-sync", line));
        Assert.Contains("val=two", await again.NextEvent(), StringComparison.Ordinal);
    }

    private async Task Write(Address user, string note) => Assert.Null((await domain.Node.Grains.GetUser(user).Write(
        new WriteRequest(
            user, [new PropertyChange(PropertyPath.Parse("note"), PropertyValue.OfText(note))], null))).Refusal);

    private async Task Allow(Address user) => Assert.Null((await domain.Node.Grains.GetUser(user).SetAccess(
        new AccessListRequest(user, PropertyPath.Parse("note"), null, [new AccessLine("allow", "*@b.example", "read,sub", null)])))
        .Refusal);
}
