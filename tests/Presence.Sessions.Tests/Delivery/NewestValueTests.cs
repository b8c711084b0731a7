using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Tests.Delivery;

public sealed class NewestValueTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly NewestValue _newest = new(Address.Parse("bob@a.example"));

    [Fact]
    public void Watchers_who_are_told_the_same_share_it()
    {
        var first = _newest.Share(Status("online", version: 3));
        Assert.Same(first, _newest.Share(Status("online", version: 3)));
    }

    [Fact]
    public void A_watcher_who_is_told_something_else_gets_that()
    {
        var first = _newest.Share(Status("online", version: 3));
        var stale = Status("online", version: 3) with { StaleSince = Noon };
        foreach (var other in new[] { Status("away", version: 3), Status("online", version: 4), stale })
        {
            var shared = _newest.Share(other);
            Assert.NotSame(first, shared);
            Assert.Equal(other, shared.Delta);
        }
    }

    [Fact]
    public void What_is_long_is_not_kept_for_others()
    {
        var portrait = Status(new string('x', 2000), version: 3);
        Assert.NotSame(_newest.Share(portrait), _newest.Share(portrait));
    }

    private static PropertyDelta Status(string text, long version) =>
        PropertyDelta.Of(new Property(StandardPaths.Status, PropertyValue.OfText(text), version, Noon));
}
