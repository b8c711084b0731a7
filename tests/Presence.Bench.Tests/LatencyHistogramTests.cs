using Presence.Bench.Load;

namespace Presence.Bench.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_at_most_a_bucket_too_high()
    {
        var histogram = new LatencyHistogram();
        for (var millis = 1; millis <= 1000; millis++)
            histogram.Add(TimeSpan.FromMilliseconds(millis));

        Assert.InRange(histogram.Percentile(0.50).TotalMilliseconds, 500, 516);
        Assert.InRange(histogram.Percentile(0.99).TotalMilliseconds, 990, 1000);
        Assert.Equal(TimeSpan.FromSeconds(1), histogram.Percentile(1));
        Assert.Equal(1000, histogram.Count);
    }

    [Fact]
    public void Nothing_counted_is_zero() => Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Percentile(0.99));
}
