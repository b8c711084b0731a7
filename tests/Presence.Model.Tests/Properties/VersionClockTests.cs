using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Properties;

namespace Presence.Model.Tests.Properties;

public sealed class VersionClockTests
{
    [Fact]
    public void A_version_is_the_time_in_microseconds_with_millisecond_resolution()
    {
        var now = new DateTimeOffset(2026, 11, 22, 5, 10, 0, 123, 456, TimeSpan.Zero);
        Assert.Equal(1795324200123000, VersionClock.Next(0, now));
        Assert.Equal(now.AddMicroseconds(-456), VersionClock.TimeOf(VersionClock.Next(0, now)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-86_400_000)]
    [Trait("Conformance", "PRP-04")]
    public void A_clock_that_stands_or_steps_backwards_gives_the_next_number(int milliseconds)
    {
        var last = VersionClock.Next(0, Node.Noon);
        Assert.Equal(last + 1, VersionClock.Next(last, Node.Noon.AddMilliseconds(milliseconds)));
    }

    [Fact]
    public void A_version_has_at_most_eighteen_digits() =>
        Assert.True(VersionClock.Next(0, DateTimeOffset.MaxValue) < 1_000_000_000_000_000_000);

    [Fact]
    [Trait("Conformance", "PRP-04")]
    public void Versions_rise_strictly_whatever_the_clock_does()
    {
        var steps = Gen.Choose(-10_000, 10_000).ListOf().ToArbitrary();
        Prop.ForAll(steps, milliseconds =>
        {
            var (now, last) = (Node.Noon, 0L);
            foreach (var step in milliseconds)
            {
                now = now.AddMilliseconds(step);
                var next = VersionClock.Next(last, now);
                if (next <= last || next < now.ToUnixTimeMilliseconds() * 1000)
                    return false;
                last = next;
            }

            return true;
        }).Check(Laws.Seeded);
    }
}
