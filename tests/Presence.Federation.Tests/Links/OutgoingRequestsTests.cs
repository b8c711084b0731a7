using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Federation.Links;
using Presence.Model.Addresses;

namespace Presence.Federation.Tests.Links;

/// <summary>An UNSUB is never overtaken by a SYNC or SUB that the other side has put off.</summary>
public sealed class OutgoingRequestsTests
{
    private const string Bob = "bob@b.example/status";
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly DomainPair Pair = new(Domain.Parse("a.example"), Domain.Parse("b.example"));
    private static readonly DomainPair Other = new(Domain.Parse("c.example"), Domain.Parse("b.example"));

    private readonly OutgoingRequests _requests = new();

    [Theory]
    [InlineData("SYNC", null)]
    [InlineData("SUB", Bob)]
    public void It_is_sent_after_what_was_asked_to_come_again_and_has_the_higher_tag(string verb, string? target)
    {
        _requests.Add(Pair, 1, Request(verb, target));
        _requests.Add(Pair, 2, End(Bob));

        var first = Next()!;
        Assert.Equal(verb, first.Request.Verb);
        Assert.Null(Next());
        _requests.Pause(_requests.Remove(first.Tag)!, Now);

        var again = Next()!;
        Assert.Equal(verb, again.Request.Verb);
        Assert.Null(Next());
        _requests.Remove(again.Tag);

        var end = Next()!;
        Assert.Equal("UNSUB", end.Request.Verb);
        Assert.True(end.Tag > again.Tag);
    }

    [Fact]
    public void It_waits_for_nothing_that_came_after_it()
    {
        _requests.Add(Pair, 1, End(Bob));
        _requests.Add(Pair, 2, Request("SYNC", null));
        _requests.Add(Pair, 3, Request("SUB", Bob));

        Assert.Equal(["UNSUB", "SYNC", "SUB"], [Next()!.Request.Verb, Next()!.Request.Verb, Next()!.Request.Verb]);
    }

    [Fact]
    public void It_waits_for_nothing_elsewhere()
    {
        _requests.Add(Other, 1, Request("SYNC", null));
        _requests.Add(Other, 2, Request("SUB", Bob));
        _requests.Add(Pair, 3, Request("SUB", "carol@b.example/status"));
        _requests.Add(Pair, 4, End(Bob));

        Assert.Equal(["SYNC", "SUB", "SUB", "UNSUB"],
            [Next()!.Request.Verb, Next()!.Request.Verb, Next()!.Request.Verb, Next()!.Request.Verb]);
    }

    [Fact]
    public void It_waits_for_nothing_whose_time_is_over()
    {
        _requests.Add(Pair, 1, Request("SYNC", null) with { Expires = Now });
        _requests.Add(Pair, 2, End(Bob));

        Assert.Equal("UNSUB", Next()!.Request.Verb);
    }

    [Fact]
    public void What_waits_for_an_answer_is_no_hindrance_to_others()
    {
        _requests.Add(Pair, 1, Request("SYNC", null));
        _requests.Add(Pair, 2, End(Bob));
        _requests.Add(Pair, 3, Request("GET", "carol@b.example/status"));

        Assert.Equal(["SYNC", "GET"], [Next()!.Request.Verb, Next()!.Request.Verb]);
        Assert.Null(Next());
    }

    private OutgoingRequest? Next() => _requests.TakeNext(inFlight: 100, Now);

    private static PeerRequest End(string at) => Request("UNSUB", "s1") with { Parameters = [new SavedParameter("at", at)] };

    private static PeerRequest Request(string verb, string? target) =>
        new(verb, target, [], null, Now + TimeSpan.FromSeconds(30));
}
