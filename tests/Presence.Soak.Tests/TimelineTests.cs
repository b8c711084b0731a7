using Presence.Soak.Checking;
using Presence.Soak.Histories;

namespace Presence.Soak.Tests;

public sealed class TimelineTests
{
    private const string Peer = "alice@localhost";

    [Fact]
    public void Between_request_and_answer_both_standings_are_possible()
    {
        var timeline = Of(Decides("APPROVE", 10, 20));

        Assert.All(timeline.Possible(0, 9), standing => Assert.False(standing.Granted));
        Assert.Equal(2, timeline.Possible(15, 15).Count);
        Assert.All(timeline.Possible(21, 30), standing => Assert.True(standing.Granted));
    }

    [Fact]
    public void A_refused_decision_changes_nothing()
    {
        var timeline = Of(Decides("APPROVE", 10, 20, code: 429));

        Assert.Equal([default], timeline.Possible(21, 30));
    }

    [Fact]
    public void A_decision_without_an_answer_may_still_come()
    {
        var timeline = Of(Decides("APPROVE", 10, 11), Decides("BLOCK", 20, null), Decides("APPROVE", 30, 40));

        Assert.Equal(2, timeline.Possible(50, 60).Count);
        Assert.False(timeline.IsCertain(50, 60, standing => standing.SeesPresence));
    }

    private static Timeline Of(params Call[] calls) => new(new History("bob@localhost", calls, [], []), Peer);

    private static Call Decides(string verb, long asked, long? answered, int code = 200) => new(0, asked, asked, verb, "~")
    {
        With = [KeyValuePair.Create("who", Peer)],
        Reply = answered is { } at ? new Reply(at, code, "", []) : null,
    };
}
