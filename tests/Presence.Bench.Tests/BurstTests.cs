using System.Net;
using Microsoft.Extensions.Time.Testing;
using Presence.Bench.Scenarios;

namespace Presence.Bench.Tests;

/// <summary>The rate of a server that delivers ten at once every 250 ms: 40 a second, wherever the heat begins and ends.</summary>
public sealed class BurstTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(120, 120)]
    [InlineData(0, 249)]
    [InlineData(249, 0)]
    public void Bursts_have_one_rate_wherever_the_heat_begins(int begins, int ends)
    {
        using var run = NewRun();
        var since = _clock.GetTimestamp();
        Pass(1);
        Burst(run);
        Pass(begins);
        run.BeginAtDelivery(since);
        Pass(250 - begins);
        Burst(run);
        Pass(250);
        Burst(run);
        Pass(ends);
        run.EndAtDelivery();

        Assert.Equal(40, run.Delivered / run.Duration.TotalSeconds);
    }

    [Fact]
    public void Without_a_delivery_before_a_heat_is_measured_from_its_beginning()
    {
        using var run = NewRun();
        Burst(run);
        Pass(5000);
        run.BeginAtDelivery(_clock.GetTimestamp());
        Pass(250);
        Burst(run);
        run.EndAtDelivery();

        Assert.Equal(TimeSpan.FromMilliseconds(250), run.Duration);
        Assert.Equal(10, run.Delivered);
    }

    [Fact]
    public void Without_a_delivery_in_it_a_heat_lasted_until_its_end()
    {
        using var run = NewRun();
        var since = _clock.GetTimestamp();
        Pass(1);
        Burst(run);
        run.BeginAtDelivery(since);
        Pass(500);
        run.EndAtDelivery();

        Assert.Equal(TimeSpan.FromMilliseconds(500), run.Duration);
        Assert.Equal(0, run.Delivered);
    }

    private BenchRun NewRun() =>
        new(new IPEndPoint(IPAddress.Loopback, 0), false, [], BenchOptions.Parse([]), TextWriter.Null, _clock);

    private void Pass(int milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private static void Burst(BenchRun run)
    {
        for (var copy = 0; copy < 10; copy++)
            run.Tally.Deliver();
    }
}
