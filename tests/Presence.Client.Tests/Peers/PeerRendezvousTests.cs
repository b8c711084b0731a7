using System.Net;
using Presence.Client.Connections;
using Presence.Client.Peers;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client.Tests.Peers;

/// <summary>Two sides meet over sockets of this machine.</summary>
public sealed class PeerRendezvousTests
{
    private static readonly Address Alice = Address.Parse("alice@a.example");
    private static readonly Address Bob = Address.Parse("bob@b.example");
    private static readonly PeerOptions Local = new() { Addresses = [IPAddress.Loopback] };
    private static readonly PeerOptions Brief = Local with { ConnectTime = TimeSpan.FromMilliseconds(300) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sides_end_up_with_the_same_connection_and_ask_over_it_in_both_directions()
    {
        await using var caller = PeerRendezvous.Open(Local)!;
        await using var callee = PeerRendezvous.Open(Local)!;

        var links = await Task.WhenAll(
            caller.Meet(new PeerMeeting(Alice, Bob, callee.Offer, true, Named("alice")), Stop),
            callee.Meet(new PeerMeeting(Bob, Alice, caller.Offer, false, Named("bob")), Stop));

        await using var ofAlice = Assert.IsType<PeerLink>(links[0]);
        await using var ofBob = Assert.IsType<PeerLink>(links[1]);
        Assert.Equal("bob", (await Ask(ofAlice)).Reason);
        Assert.Equal("alice", (await Ask(ofBob)).Reason);
    }

    [Fact]
    public async Task One_direction_that_works_is_enough()
    {
        await using var caller = PeerRendezvous.Open(Local)!;
        await using var callee = PeerRendezvous.Open(Local)!;
        var unreachable = caller.Offer with { Candidates = [new IPEndPoint(IPAddress.Loopback, 9)] };

        var links = await Task.WhenAll(
            caller.Meet(new PeerMeeting(Alice, Bob, callee.Offer, true, Named("alice")), Stop),
            callee.Meet(new PeerMeeting(Bob, Alice, unreachable, false, Named("bob")), Stop));

        await using var ofAlice = Assert.IsType<PeerLink>(links[0]);
        await using var ofBob = Assert.IsType<PeerLink>(links[1]);
        Assert.Equal("bob", (await Ask(ofAlice)).Reason);
    }

    [Fact]
    [Trait("Conformance", "INV-09")]
    public async Task A_certificate_other_than_the_announced_one_is_refused()
    {
        await using var caller = PeerRendezvous.Open(Brief)!;
        await using var callee = PeerRendezvous.Open(Brief)!;
        await using var stranger = PeerRendezvous.Open(Brief)!;
        var announced = callee.Offer with { Fingerprint = stranger.Offer.Fingerprint };

        var links = await Task.WhenAll(
            caller.Meet(new PeerMeeting(Alice, Bob, announced, true, Named("alice")), Stop),
            callee.Meet(new PeerMeeting(Bob, Alice, caller.Offer, false, Named("bob")), Stop));

        Assert.All(links, Assert.Null);
    }

    [Fact]
    public async Task Who_expects_somebody_else_lets_nobody_in()
    {
        await using var caller = PeerRendezvous.Open(Brief)!;
        await using var callee = PeerRendezvous.Open(Brief)!;

        var links = await Task.WhenAll(
            caller.Meet(new PeerMeeting(Alice, Bob, callee.Offer, true, Named("alice")), Stop),
            callee.Meet(new PeerMeeting(
                Bob, Address.Parse("carol@a.example"), caller.Offer, false, Named("bob")), Stop));

        Assert.All(links, Assert.Null);
    }

    [Fact]
    public async Task An_own_service_is_not_dialled_because_the_other_side_says_so()
    {
        await using var victim = PeerRendezvous.Open(Brief)!;
        await using var caller = PeerRendezvous.Open(Brief with { Addresses = [IPAddress.Any] })!;

        var meeting = caller.Meet(new PeerMeeting(Alice, Bob, victim.Offer, true, Named("alice")), Stop);
        var met = victim.Meet(new PeerMeeting(
            Bob, Alice, caller.Offer with { Candidates = [] }, false, Named("bob")), Stop);

        Assert.Null(await meeting);
        Assert.Null(await met);
    }

    [Fact]
    public async Task A_connection_that_is_closed_fails_what_waits_on_it_at_the_other_side()
    {
        await using var caller = PeerRendezvous.Open(Local)!;
        await using var callee = PeerRendezvous.Open(Local)!;
        var never = new TaskCompletionSource<PeerReply>();
        var links = await Task.WhenAll(
            caller.Meet(new PeerMeeting(Alice, Bob, callee.Offer, true, Named("alice")), Stop),
            callee.Meet(new PeerMeeting(
                Bob, Alice, caller.Offer, false, (_, _) => new ValueTask<PeerReply>(never.Task)), Stop));
        await using var ofAlice = Assert.IsType<PeerLink>(links[0]);
        var asked = Ask(ofAlice);

        never.SetException(new TimeoutException());
        await Assert.IsType<PeerLink>(links[1]).DisposeAsync();

        await Assert.ThrowsAsync<PipConnectionException>(() => asked);
        Assert.True(ofAlice.Ended.IsCompleted);
    }

    private static Func<PeerLink, Frame, ValueTask<PeerReply>> Named(string name) =>
        (_, _) => ValueTask.FromResult(new PeerReply(200, name));

    private static Task<Frame> Ask(PeerLink link) => link.Request((ref writer, tag) =>
    {
        writer.Request("GET", tag, "bob@b.example/note");
        writer.End();
    }, Stop);
}
