using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Subscriptions;

public sealed class SubscriptionReviewTests
{
    private const SubscriptionState Pending = SubscriptionState.Pending;
    private const SubscriptionState Active = SubscriptionState.Active;
    private const SubscriptionState Blocked = SubscriptionState.Blocked;

    [Theory]
    [InlineData(Verdict.Allow, Pending, Pending, SubscriptionChange.Activate)]
    [InlineData(Verdict.Allow, Active, Active, SubscriptionChange.None)]
    [InlineData(Verdict.Allow, Blocked, Active, SubscriptionChange.Resume)]
    [InlineData(Verdict.Allow, Blocked, Pending, SubscriptionChange.Activate)]
    [InlineData(Verdict.Ask, Pending, Pending, SubscriptionChange.None)]
    [InlineData(Verdict.Ask, Active, Active, SubscriptionChange.Deactivate)]
    [InlineData(Verdict.Ask, Blocked, Active, SubscriptionChange.Deactivate)]
    [InlineData(Verdict.Ask, Blocked, Pending, SubscriptionChange.Unhide)]
    [InlineData(Verdict.Fake, Active, Active, SubscriptionChange.Silence)]
    [InlineData(Verdict.Fake, Pending, Pending, SubscriptionChange.Hide)]
    [InlineData(Verdict.Fake, Blocked, Active, SubscriptionChange.None)]
    [InlineData(Verdict.Mute, Active, Active, SubscriptionChange.Silence)]
    [InlineData(Verdict.Mute, Pending, Pending, SubscriptionChange.Hide)]
    [InlineData(Verdict.Mute, Blocked, Pending, SubscriptionChange.None)]
    [InlineData(Verdict.Deny, Pending, Pending, SubscriptionChange.Reject)]
    [InlineData(Verdict.Deny, Active, Active, SubscriptionChange.Reject)]
    [InlineData(Verdict.Deny, Blocked, Active, SubscriptionChange.Reject)]
    public void A_subscription_follows_the_verdict_of_today(
        Verdict verdict, SubscriptionState state, SubscriptionState seenAs, SubscriptionChange change)
    {
        var entry = Entry(state, seenAs);
        Assert.Equal(change, SubscriptionReview.ChangeFor(entry, verdict));
        if (SubscriptionReview.Apply(entry, change) is not { } after)
            return;
        // A change brings a subscription to rest: asked again, the verdict changes nothing.
        Assert.Equal(SubscriptionChange.None, SubscriptionReview.ChangeFor(after, verdict));
        // Only an activation shows the watcher another state than he was told.
        Assert.True(change == SubscriptionChange.Activate || after.SeenAs == seenAs);
    }

    [Theory]
    [InlineData(Verdict.Allow, Active, Active)]
    [InlineData(Verdict.Ask, Pending, Pending)]
    [InlineData(Verdict.Fake, Blocked, Active)]
    [InlineData(Verdict.Mute, Blocked, Pending)]
    public void A_new_subscription_stands_as_the_verdict_says_and_looks_as_polite(
        Verdict verdict, SubscriptionState state, SubscriptionState seenAs) =>
        Assert.Equal((state, seenAs), SubscriptionReview.StateFor(verdict));

    private static Subscription Entry(SubscriptionState state, SubscriptionState seenAs) => new(
        Address.Parse("bob@b.example"), "1", PropertyPath.Parse("status"), state, Node.Noon, Node.Noon.AddHours(1), false,
        seenAs);
}
