using Microsoft.Extensions.Time.Testing;

namespace Presence.Locating.Tests;

public sealed class TargetHealthTests
{
    private static readonly HostAndPort First = new("first.example", 7751);
    private static readonly HostAndPort Second = new("second.example", 7751);

    private readonly FakeTimeProvider _time = new();
    private readonly TargetHealth _health;

    public TargetHealthTests() => _health = new TargetHealth(_time);

    [Fact]
    public void A_server_that_failed_comes_last_for_half_a_minute()
    {
        _health.Failed(First);
        Assert.Equal([Second, First], Order());

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal([First, Second], Order());
    }

    [Fact]
    public void The_time_doubles_up_to_five_minutes()
    {
        foreach (var seconds in (int[])[30, 60, 120, 240, 300, 300])
        {
            _health.Failed(First);
            _time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal([Second, First], Order());
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal([First, Second], Order());
        }
    }

    [Fact]
    public void One_success_clears_it()
    {
        _health.Failed(First);
        _health.Failed(First);
        _health.Succeeded(First);
        Assert.Equal([First, Second], Order());

        _health.Failed(First);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal([First, Second], Order());
    }

    [Fact]
    public void A_server_may_say_itself_how_long()
    {
        _health.Failed(First, TimeSpan.FromSeconds(7));
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal([First, Second], Order());
    }

    [Fact]
    public void If_all_are_down_all_are_tried()
    {
        _health.Failed(First);
        _health.Failed(Second);
        Assert.Equal([First, Second], Order());
    }

    private IReadOnlyList<HostAndPort> Order() => _health.InOrder([First, Second]);
}
