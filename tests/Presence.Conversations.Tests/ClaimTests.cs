using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Conversations.Tests.Domains;
using Presence.Federation.Tests.Fakes;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Conversations.Tests;

/// <summary>
/// b.example has a link to a.example and says that it speaks for c.example too. The DNS names <see cref="RawHome"/> as the
/// server of c.example, truly or not.
/// </summary>
public sealed class ClaimTests : IAsyncLifetime
{
    private const string C = "c.example";
    private const string Key = "BOcZ1KXheASUQKFknZrTQCaK.29922130";

    private readonly RawHome _home = new();
    private readonly OneDomain _domain;

    public ClaimTests() => _domain = new OneDomain
    {
        Trust = "Open",
        Settings =
        [
            "--Presence:Federation:Claims=true",
            $"--Presence:Federation:Peers:{C}:Address=127.0.0.1:{_home.Port}",
            "--Presence:Federation:Peers:d.example:Claims=false",
        ],
    };

    public async ValueTask InitializeAsync()
    {
        await _domain.InitializeAsync();
        var alice = await _domain.CreateUser("alice");
        Assert.Null((await _domain.Node.Grains.GetUser(alice).SetAccess(new AccessListRequest(
            alice, PropertyPath.Parse("note"), null, [new AccessLine("allow", "*@c.example", "read,sub", null)]))).Refusal);
        await Write(alice, "hello");
    }

    public async ValueTask DisposeAsync()
    {
        await _domain.DisposeAsync();
        await _home.DisposeAsync();
    }

    [Fact, Trait("Conformance", "FED-03")]
    public async Task A_domain_is_believed_when_its_own_server_has_made_the_claim()
    {
        _home.Serve(_domain.Issue(C), words => $"200 {words[1]} ok");
        await using var peer = await _domain.Link();
        Assert.Equal("403 10 forbidden param=from", await peer.Ask(Query(10)));

        Assert.Equal("200 11 ok user=c.example", await peer.Ask($"CLAIM 11 {C} key={Key} id={peer.Session}"));

        Assert.Equal("HELLO 1 c.example v=1.0 role=server from=a.example", _home.Requests[0]);
        Assert.Equal($"VERIFY 2 c.example key={Key} id={peer.Session}", _home.Requests[1]);
        Assert.StartsWith("200 12 ok ver=", await peer.Ask(Query(12)), StringComparison.Ordinal);
        Assert.Equal("403 13 forbidden param=from", await peer.Ask("GET 13 alice@a.example/note from=eve@e.example"));
        Assert.StartsWith(
            "200 14 ok id=s1 state=active ",
            await peer.Ask("SUB 14 alice@a.example/note from=carol@c.example id=s1 expires=3600"), StringComparison.Ordinal);
        Assert.StartsWith("NOTIFY #1 alice@a.example/note to=c.example view=", await peer.NextEvent(), StringComparison.Ordinal);
        _domain.Clock.Advance(TimeSpan.FromSeconds(1));
        await Write(Address.Parse("alice@a.example"), "bye");
        _domain.Clock.Advance(TimeSpan.FromSeconds(1));
        var told = await peer.NextEvent();
        Assert.StartsWith("NOTIFY #2 alice@a.example/note to=c.example view=", told, StringComparison.Ordinal);
        Assert.Contains("val=bye", told, StringComparison.Ordinal);
    }

    /// <summary>Whoever forges the DNS sends us to his own server. It cannot show the certificate, and nobody is asked.</summary>
    [Theory]
    [InlineData("of the server that the forged record names")]
    [InlineData("of an authority that nobody trusts")]
    public async Task Whoever_forges_the_DNS_makes_a_claim_fail_and_nothing_else(string certificate)
    {
        using var stranger = new TestAuthority();
        _home.Serve(
            certificate.StartsWith("of the server", StringComparison.Ordinal) ? _domain.Issue("forger.example") : stranger.Issue(C),
            words => $"200 {words[1]} ok");
        await using var other = await _domain.Link("d.example");
        await using var peer = await _domain.Link();

        Assert.Equal("403 10 forbidden", await peer.Ask($"CLAIM 10 {C} key={Key} id={peer.Session}"));

        Assert.Empty(_home.Requests);
        Assert.Equal("403 11 forbidden param=from", await peer.Ask(Query(11)));
        Assert.Equal("200 10 pong", await other.Ask("PING 10"));
    }

    [Fact]
    public async Task A_claim_that_its_domain_has_not_made_is_not_believed_and_ten_a_minute_are_enough()
    {
        _home.Serve(_domain.Issue(C), words => words[0] == "HELLO" ? $"200 {words[1]} ok" : $"403 {words[1]} forbidden");
        await using var peer = await _domain.Link();

        for (var tag = 10; tag < 20; tag++)
            Assert.Equal($"403 {tag} forbidden", await peer.Ask($"CLAIM {tag} {C} key={Key} id={peer.Session}"));
        Assert.Equal("429 20 slow-down retry=10", await peer.Ask($"CLAIM 20 {C} key={Key} id={peer.Session}"));
        Assert.Equal("403 21 forbidden param=from", await peer.Ask(Query(21)));

        for (var second = 0; second <= 60; second++)
        {
            _domain.Clock.Advance(TimeSpan.FromSeconds(1));
            await _domain.ReportsAreIn();
        }

        Assert.Equal("403 22 forbidden", await peer.Ask($"CLAIM 22 {C} key={Key} id={peer.Session}"));
    }

    [Fact]
    public async Task Claims_that_cannot_be_are_refused_without_asking_anybody()
    {
        await using var peer = await _domain.Link();

        Assert.Equal("400 10 bad-request param=key", await peer.Ask($"CLAIM 10 {C} id={peer.Session}"));
        Assert.Equal("400 11 bad-request param=id", await peer.Ask($"CLAIM 11 {C} key={Key} id=s-another"));
        Assert.Equal("403 12 forbidden", await peer.Ask($"CLAIM 12 a.example key={Key} id={peer.Session}"));
        Assert.Equal("403 13 forbidden", await peer.Ask($"CLAIM 13 d.example key={Key} id={peer.Session}"));
        Assert.Equal("484 14 bad-address", await peer.Ask($"CLAIM 14 C.example key={Key} id={peer.Session}"));
        Assert.Equal("403 15 forbidden", await peer.Ask($"VERIFY 15 a.example key={Key} id=s-1"));
        Assert.Empty(_home.Requests);
    }

    private static string Query(int tag) => $"GET {tag} alice@a.example/note from=carol@c.example";

    private async Task Write(Address user, string note) => Assert.Null((await _domain.Node.Grains.GetUser(user).Write(
        new WriteRequest(
            user, [new PropertyChange(PropertyPath.Parse("note"), PropertyValue.OfText(note))], null))).Refusal);
}
