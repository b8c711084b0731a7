using System.Globalization;
using Presence.Conversations.Tests.Domains;
using Presence.Conversations.Tests.Node;

namespace Presence.Conversations.Tests;

/// <summary>What users see when another domain is slow, gone or not wanted.</summary>
public sealed class LinkFailureTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Time runs fast here: nobody must be taken for gone because he said nothing for an hour of it.
    private readonly OneDomain _domain = new()
    {
        Settings = ["--Presence:Sessions:Idle=01:00:00", "--Presence:Federation:Links:Idle=01:00:00"],
    };

    public async ValueTask InitializeAsync()
    {
        await _domain.InitializeAsync();
        await _domain.CreateUser("alice");
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    [Fact, Trait("Conformance", "FED-05")]
    public async Task Values_of_a_domain_that_is_gone_are_stale_after_a_minute_and_no_longer_when_it_is_back()
    {
        var alice = await LogIn();
        await using (var peer = await _domain.Link())
        {
            peer.Reply = words => $"200 {words[1]} ok {words.Single(word => word.StartsWith("id=", StringComparison.Ordinal))} state=active view=v1 expires=86400";
            await alice.Send("SUB {0} bob@b.example/status id=b1 expires=86400");
            Assert.StartsWith("SUB ", await peer.NextRequest(), StringComparison.Ordinal);
            await peer.Write("NOTIFY #1 bob@b.example/status view=v1 ver=100 val=online t=2026-11-22T06:00:00.000Z");
            Assert.DoesNotContain("stale=", await alice.Next("NOTIFY "), StringComparison.Ordinal);
        }

        var gone = _domain.Clock.GetUtcNow();
        var stale = await InTime(alice.Next("NOTIFY "));
        Assert.Contains("val=online", stale, StringComparison.Ordinal);
        Assert.Contains(" stale=", stale, StringComparison.Ordinal);
        Assert.True(_domain.Clock.GetUtcNow() - gone >= 60 * Second, "It was told before its time.");

        await using var again = await _domain.Link();
        again.Reply = words => $"200 {words[1]} ok n=0";
        Assert.StartsWith("SYNC ", await InTime(again.NextRequest()), StringComparison.Ordinal);
        Assert.DoesNotContain("stale=", await alice.Next("NOTIFY "), StringComparison.Ordinal);
    }

    [Fact, Trait("Conformance", "FED-10")]
    public async Task Whoever_is_asked_to_slow_down_waits_as_long_as_he_is_told_and_asks_again()
    {
        var alice = await LogIn();
        await using var peer = await _domain.Link();
        peer.Reply = words => $"429 {words[1]} slow-down retry=2";
        await alice.Send("SEND {0} bob@b.example mid=m1 type=text/plain", "hi"u8.ToArray());
        Assert.Contains(" mid=m1 ", await peer.NextRequest(), StringComparison.Ordinal);
        peer.Reply = words => $"202 {words[1]} accepted";

        Assert.Equal("200 10 pong", await peer.Ask("PING 10"));
        _domain.Clock.Advance(Second);
        Assert.Equal("200 11 pong", await peer.Ask("PING 11"));
        Assert.Empty(peer.Requests);

        Assert.Contains(" mid=m1 ", await InTime(peer.NextRequest()), StringComparison.Ordinal);
    }

    [Fact, Trait("Conformance", "FED-11")]
    public async Task A_message_to_a_domain_that_cannot_be_reached_fails_when_its_time_is_over()
    {
        var alice = await LogIn();
        var sent = _domain.Clock.GetUtcNow();
        await alice.Send("SEND {0} bob@b.example mid=m1 want=delivered ttl=20 type=text/plain", "hi"u8.ToArray());
        Assert.StartsWith("202 ", await InTime(alice.Next("202 ")), StringComparison.Ordinal);

        var receipt = await InTime(alice.Next("RECEIPT "));

        Assert.Contains(" bob@b.example mid=m1 disp=failed code=504 ", receipt, StringComparison.Ordinal);
        var told = DateTimeOffset.Parse(receipt.Split(" t=")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(told - sent, 20 * Second, 45 * Second);
    }

    [Fact]
    public async Task What_a_domain_took_over_and_has_perhaps_forgotten_is_sent_again_until_a_receipt_comes()
    {
        var alice = await LogIn();
        await using (var peer = await _domain.Link())
        {
            foreach (var id in new[] { "m1", "m2" })
            {
                await alice.Send($"SEND {{0}} bob@b.example mid={id} want=delivered type=text/plain", "hi"u8.ToArray());
                Assert.Contains($" mid={id} ", await peer.NextRequest(), StringComparison.Ordinal);
            }

            Assert.Equal("202 10 accepted", await peer.Ask("RECEIPT 10 alice@a.example from=bob@b.example mid=m1 disp=delivered"));
            Assert.Contains("mid=m1 disp=delivered", await alice.Next("RECEIPT "), StringComparison.Ordinal);
        }

        await using var again = await _domain.Link();
        Assert.Contains(" mid=m2 ", await InTime(again.NextRequest()), StringComparison.Ordinal);
        Assert.Equal("200 10 pong", await again.Ask("PING 10"));
        Assert.Empty(again.Requests);
    }

    [Fact]
    public async Task What_a_domain_took_over_before_it_was_gone_has_failed_when_its_time_is_over()
    {
        var alice = await LogIn();
        await using (var peer = await _domain.Link())
        {
            await alice.Send("SEND {0} bob@b.example mid=m1 want=delivered type=text/plain", "hi"u8.ToArray());
            await peer.NextRequest();
            Assert.Equal("200 10 pong", await peer.Ask("PING 10"));
        }

        Assert.Contains("mid=m1 disp=failed code=504", await InTime(alice.Next("RECEIPT ")), StringComparison.Ordinal);

        // It has arrived before that, and its receipt is late: a message has one fate.
        await using var again = await _domain.Link();
        Assert.Equal("202 10 accepted", await again.Ask("RECEIPT 10 alice@a.example from=bob@b.example mid=m1 disp=delivered"));
        Assert.Equal("200 102 pong", await alice.Ask("PING {0}"));
    }

    [Fact]
    public async Task What_has_waited_for_the_link_says_how_much_time_it_has_left()
    {
        var alice = await LogIn();
        await alice.Send("SEND {0} bob@b.example mid=m1 want=delivered ttl=25 type=text/plain", "hi"u8.ToArray());
        Assert.StartsWith("202 ", await InTime(alice.Next("202 ")), StringComparison.Ordinal);
        for (var n = 0; n < 10; n++)
        {
            _domain.Clock.Advance(Second);
            await _domain.ReportsAreIn();
        }

        await using var peer = await _domain.Link();

        var left = int.Parse((await peer.NextRequest()).Split(" ttl=")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(left, 1, 15);
    }

    [Fact, Trait("Conformance", "FED-12")]
    public async Task A_domain_that_is_blocked_loses_its_link_and_gets_no_other()
    {
        await using var peer = await _domain.Link();

        _domain.Node.Configure("Presence:Federation:Peers:b.example:Blocked", "true");

        Assert.Equal("421 0 replaced", (await peer.Read()).Line);
        Assert.Equal("closed", (await peer.Read()).Line);
        await using var again = await _domain.Connect();
        await again.Read();
        await again.Ask("HELLO 1 a.example v=1.0 role=server from=b.example");
        Assert.Equal("435 2 auth-failed", await again.Ask("AUTH 2 EXTERNAL data=Yi5leGFtcGxl"));
    }

    private Task<Asker> LogIn() =>
        Asker.LogIn(new OneDomainHost(_domain), TestContext.Current.CancellationToken, "alice:wonderland");

    /// <summary>Lets time pass until it has come, no faster than the node can follow.</summary>
    private async Task<string> InTime(Task<string> awaited)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var step = 0; !awaited.IsCompleted; step++)
        {
            Assert.True(step < 1000, "It has not come.");
            _domain.Clock.Advance(Second);
            await _domain.ReportsAreIn();
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return await awaited;
    }
}
