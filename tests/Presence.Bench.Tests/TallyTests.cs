using Presence.Bench.Load;

namespace Presence.Bench.Tests;

public sealed class TallyTests
{
    [Fact]
    public void Who_waits_for_a_number_of_deliveries_is_called_once_and_in_time()
    {
        var tally = new Tally(TimeSpan.FromSeconds(1));
        List<long> calls = [];
        tally.When(2, () => calls.Add(tally.Delivered));

        for (var delivery = 0; delivery < 4; delivery++)
            tally.Deliver();

        Assert.Equal([2], calls);
    }

    [Fact]
    public void What_came_twice_is_no_delivery_that_anybody_waits_for()
    {
        var tally = new Tally(TimeSpan.FromSeconds(1));
        var isReached = false;
        tally.When(2, () => isReached = true);
        var last = 0;

        tally.DeliverNext(ref last, 1);
        tally.DeliverNext(ref last, 1);

        Assert.False(isReached);
        Assert.Equal(1, tally.Doubled);
    }
}
