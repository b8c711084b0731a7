using Presence.Model.Access;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Model.Tests.Subscriptions;

public sealed class SubscriptionGrantTests
{
    private static readonly SubscriptionLimits Limits =
        new(TimeSpan.FromSeconds(60), TimeSpan.FromDays(30), TimeSpan.FromHours(1), MaxOutgoing: 10);

    [Theory]
    [InlineData(null, 3600)]
    [InlineData(60, 60)]
    [InlineData(7200, 7200)]
    [InlineData(2_592_001, 2_592_000)]
    public void A_life_is_granted_as_asked_or_the_usual_one_or_the_longest(int? asked, int granted) =>
        Assert.Equal(new SubscriptionGrant(null, TimeSpan.FromSeconds(granted), SubscriptionState.Active, SubscriptionState.Active),
            Decide(asked, Verdict.Allow));

    [Theory]
    [InlineData(59)]
    [InlineData(0)]
    public void Too_short_a_life_is_refused_with_the_shortest_one_before_anything_else_is_told(int asked) =>
        Assert.Equal(new SubscriptionGrant(Refusal.IntervalTooBrief, TimeSpan.FromSeconds(60)),
            Decide(asked, Verdict.Deny, isAbsent: true));

    [Fact]
    public void Who_may_know_that_nobody_holds_the_address_is_told_so() =>
        Assert.Equal(Refusal.NotFound, Decide(null, Verdict.Deny, isAbsent: true).Refusal);

    [Fact]
    public void Who_is_turned_away_explicitly_is_told_so() =>
        Assert.Equal(Refusal.Forbidden, Decide(null, Verdict.Deny).Refusal);

    [Theory]
    [InlineData(Verdict.Ask)]
    [InlineData(Verdict.Mute)]
    public void What_would_wait_and_must_not_is_refused_whether_politely_shut_out_or_not(Verdict verdict) =>
        Assert.Equal(Refusal.SlowDown, Decide(null, verdict, mayWait: false).Refusal);

    [Theory]
    [InlineData(Verdict.Allow)]
    [InlineData(Verdict.Fake)]
    public void What_need_not_wait_stands_when_the_owner_may_be_asked_no_more(Verdict verdict)
    {
        var grant = Decide(null, verdict, mayWait: false);
        Assert.Null(grant.Refusal);
        Assert.Equal(SubscriptionReview.StateFor(verdict), (grant.State, grant.SeenAs));
    }

    private static SubscriptionGrant Decide(int? seconds, Verdict verdict, bool isAbsent = false, bool mayWait = true) =>
        SubscriptionGrant.Decide(
            Limits, seconds is { } life ? TimeSpan.FromSeconds(life) : null, isAbsent, verdict, mayWait);
}
