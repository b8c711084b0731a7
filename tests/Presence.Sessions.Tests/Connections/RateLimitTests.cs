using Microsoft.Extensions.Time.Testing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Tests.Connections;

public sealed class RateLimitTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RateLimit _rate;

    public RateLimitTests() => _rate = new RateLimit(50, 200, _time);

    [Fact]
    public void A_burst_is_taken_and_then_so_many_a_second()
    {
        Assert.Equal(200, Send(300));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(50, Send(300));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, Send(300));
    }

    [Fact]
    public void It_is_abuse_only_after_more_than_ten_seconds_of_violation_within_a_minute()
    {
        for (var second = 0; second < 10; second++)
        {
            Send(300);
            Assert.False(_rate.IsAbused);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Send(300);
        Assert.True(_rate.IsAbused);
    }

    [Fact]
    public void As_many_refusals_as_a_burst_come_at_once_and_then_nothing_is_read_for_a_tenth_of_a_second()
    {
        var tenth = TimeSpan.FromSeconds(0.1);
        Send(399);
        Assert.Equal(TimeSpan.Zero, _rate.Rest);
        Send(1);
        Assert.Equal(tenth, _rate.Rest);
        _time.Advance(_rate.Rest);
        Assert.Equal(5, Send(9));
        Assert.Equal(TimeSpan.Zero, _rate.Rest);
        Send(1);
        Assert.Equal(tenth, _rate.Rest);
    }

    [Fact]
    public void Who_may_send_little_rests_until_one_more_may_be_refused()
    {
        var slow = new RateLimit(2, 2, _time);
        for (var sent = 0; sent < 4; sent++)
            slow.TryTake();

        Assert.Equal(TimeSpan.FromSeconds(0.5), slow.Rest);
    }

    [Fact]
    public void Ten_violations_in_each_minute_are_borne_for_ever()
    {
        for (var second = 0; second < 60; second++)
        {
            Send(500);
            Assert.False(_rate.IsAbused);
            _time.Advance(TimeSpan.FromSeconds(6));
        }
    }

    private int Send(int requests) => Enumerable.Range(0, requests).Count(_ => _rate.TryTake());
}
