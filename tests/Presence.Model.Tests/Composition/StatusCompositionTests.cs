using System.Globalization;
using Presence.Model.Composition;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Composition;

public sealed class StatusCompositionTests
{
    private static readonly DateTimeOffset Now = Node.Noon;

    /// <summary>Endpoints are written <c>name:status:priority:minutes since input</c>.</summary>
    [Theory]
    // Override.
    [InlineData("dnd", "", "dnd", null)]
    [InlineData("offline", "desk:chat:10:0", "offline", null)]
    [InlineData("x-lunch", "desk:online:0:0", "x-lunch", null)]
    // No endpoint that counts.
    [InlineData(null, "", "offline", null)]
    [InlineData(null, "desk:offline:0:0", "offline", null)]
    [InlineData(null, "desk::0:0", "offline", null)]
    // Two active endpoints: the higher priority, then the later activity, then the name.
    [InlineData(null, "desk:away:0:1 phone:busy:5:4", "busy", "phone")]
    [InlineData(null, "desk:chat:0:0 phone:xa:1:4", "xa", "phone")]
    [InlineData(null, "desk:away:5:1 phone:busy:5:4", "away", "desk")]
    [InlineData(null, "phone:away:5:4 desk:busy:5:4", "busy", "desk")]
    // One active among several.
    [InlineData(null, "desk:chat:100:5 phone:dnd:0:4", "dnd", "phone")]
    // None active: availability, then priority, then the name.
    [InlineData(null, "a:xa:0:9 b:away:0:9 c:dnd:0:9 d:busy:0:9 e:online:0:9 f:chat:0:9", "chat", "f")]
    [InlineData(null, "a:xa:0:9 b:away:0:9 c:dnd:0:9 d:busy:0:9 e:online:0:9", "online", "e")]
    [InlineData(null, "a:xa:0:9 b:away:0:9 c:dnd:0:9 d:busy:0:9", "busy", "d")]
    [InlineData(null, "a:xa:0:9 b:away:0:9 c:dnd:0:9", "dnd", "c")]
    [InlineData(null, "a:xa:0:9 b:away:0:9", "away", "b")]
    [InlineData(null, "a:xa:99:5", "xa", "a")]
    [InlineData(null, "a:away:1:9 b:away:2:6", "away", "b")]
    [InlineData(null, "b:away:2:6 a:away:2:9", "away", "a")]
    // Negative priority never counts, zero does.
    [InlineData(null, "desk:chat:-1:0", "offline", null)]
    [InlineData(null, "desk:chat:-1:0 phone:xa:0:60", "xa", "phone")]
    [InlineData(null, "desk:xa:0:60", "xa", "desk")]
    [Trait("Conformance", "PRP-11")]
    public void A_status_is_composed_by_the_rules(string? written, string endpoints, string status, string? chosen)
    {
        var composed = StatusComposition.Compose(written, Read(endpoints), Now);
        Assert.Equal(status, composed.Status);
        Assert.Equal(chosen, composed.Endpoint);
    }

    [Theory]
    [InlineData("a:x-lunch:0:9 b:away:0:9", "x-lunch")]
    [InlineData("a:x-lunch:0:9 b:busy:0:9", "x-lunch")]
    [InlineData("a:x-lunch:0:9 b:chat:0:9", "chat")]
    [InlineData("b:online:0:9 a:x-lunch:0:9", "x-lunch")]
    [Trait("Conformance", "PRP-12")]
    public void An_unknown_token_ranks_as_online(string endpoints, string status) =>
        Assert.Equal(status, StatusComposition.Compose(null, Read(endpoints), Now).Status);

    [Theory]
    [InlineData("dnd", "desk:online:0:0 phone:away:0:0", null)]
    [InlineData(null, "desk:online:0:0", null)]
    [InlineData(null, "desk:online:0:9 phone:away:0:9", null)]
    [InlineData(null, "desk:online:0:3 phone:away:0:1", 2)]
    [InlineData(null, "desk:online:0:0 phone:away:0:9", 5)]
    [InlineData(null, "desk:online:0:3 phone:offline:0:1 tv:chat:-1:0", null)]
    public void The_choice_is_made_again_when_somebodys_activity_grows_old(
        string? written, string endpoints, int? minutes)
    {
        DateTimeOffset? expected = minutes is { } later ? Now.AddMinutes(later) : null;
        Assert.Equal(expected, StatusComposition.Compose(written, Read(endpoints), Now).ReviewAt);
    }

    [Fact]
    public void Between_two_reviews_the_choice_is_the_same()
    {
        var endpoints = Read("a:away:3:0 b:busy:2:1 c:chat:1:2 d:dnd:0:3");
        var composed = StatusComposition.Compose(null, endpoints, Now);
        for (var now = Now; now < Now.AddMinutes(8); now = now.AddSeconds(10))
        {
            var again = StatusComposition.Compose(null, endpoints, now);
            if (composed.ReviewAt is { } review && now >= review)
                composed = again;
            Assert.Equal(composed, again);
        }

        Assert.Equal("c", composed.Endpoint);
        Assert.Null(composed.ReviewAt);
    }

    [Theory]
    [InlineData("online", true)]
    [InlineData("x.example.lunch_2-B", true)]
    [InlineData("", false)]
    [InlineData("at lunch", false)]
    [InlineData("naïve", false)]
    [InlineData("a/b", false)]
    public void A_token_is_letters_digits_and_three_signs(string token, bool isWellFormed) =>
        Assert.Equal(isWellFormed, StatusToken.IsWellFormed(token));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_token_has_at_most_64_characters(int length, bool isWellFormed) =>
        Assert.Equal(isWellFormed, StatusToken.IsWellFormed(new string('a', length)));

    [Theory]
    [InlineData(null, true)]
    [InlineData("offline", true)]
    [InlineData("xa", false)]
    [InlineData("x-gone", false)]
    public void Only_offline_and_nothing_mean_unreachable(string? token, bool isOffline) =>
        Assert.Equal(isOffline, StatusToken.IsOffline(token));

    private static List<EndpointPresence> Read(string endpoints) =>
    [
        .. endpoints.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(':')).Select(part =>
            new EndpointPresence(
                part[0], part[1].Length == 0 ? null : part[1], Number(part[2]), Now.AddMinutes(-Number(part[3])))),
    ];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
