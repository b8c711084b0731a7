using Presence.Contracts.Routes;
using Presence.Grains.Subscriptions;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Grains.Tests.Subscriptions;

public sealed class SubscriptionNoticesTests
{
    [Fact]
    public void A_batch_holds_64_notices_in_their_order()
    {
        var notices = Enumerable.Range(0, 130).Select(number => Notice($"w{number}")).ToList();

        var batches = SubscriptionNotices.Together(notices).ToList();

        Assert.Equal([64, 64, 2], batches.Select(batch => batch.Length));
        Assert.Equal(notices, batches.SelectMany(batch => batch));
    }

    [Fact]
    public void Long_values_make_more_batches_of_them()
    {
        var batches = SubscriptionNotices.Together([Notice("w1", 40_000), Notice("w2", 40_000), Notice("w3", 40_000)]);

        Assert.Equal([2, 1], batches.Select(batch => batch.Length));
    }

    private static SubscriptionNotice Notice(string id, int octets = 0)
    {
        var note = PropertyPath.Parse("note");
        var value = new Property(note, PropertyValue.OfText(new string('x', octets)), 1, default);
        return new SubscriptionNotice(
            Address.Parse("alice@a.example"), id, note, SubscriptionEvent.Activated, null, null, [PropertyDelta.Of(value)]);
    }
}
