using Presence.Client.Lasting;

namespace Presence.Client.Tests.Lasting;

public sealed class ReconnectPaceTests
{
    private readonly ReconnectPace _pace = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(6, 30)]
    [InlineData(1000, 30)]
    public void The_ceiling_doubles_with_each_failure_up_to_the_longest(int failures, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), _pace.Before(failures, TimeSpan.Zero, share: 1));

    [Fact]
    public void Any_wait_from_nothing_to_the_ceiling_may_be_drawn()
    {
        var waits = Enumerable.Range(0, 1000).Select(_ => _pace.Before(2, TimeSpan.Zero).TotalSeconds).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, 0, 2));
        Assert.True(waits.Min() < 0.2 && waits.Max() > 1.8);
    }

    [Fact]
    public void What_the_server_asked_for_comes_on_top() =>
        Assert.Equal(TimeSpan.FromSeconds(10.5), _pace.Before(0, TimeSpan.FromSeconds(10), share: 1));
}
