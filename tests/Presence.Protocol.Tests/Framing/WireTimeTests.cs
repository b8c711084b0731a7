using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

public sealed class WireTimeTests
{
    private static readonly DateTimeOffset Sunday = new(2026, 11, 22, 6, 10, 0, 120, TimeSpan.Zero);

    [Fact]
    public void A_time_is_written_in_UTC_with_milliseconds()
    {
        Span<byte> octets = stackalloc byte[WireTime.Length];

        Assert.Equal("2026-11-22T06:10:00.120Z", WireTime.ToText(Sunday.ToOffset(TimeSpan.FromHours(2)).AddTicks(9)));
        Assert.True(WireTime.TryFormat(Sunday, octets, out var written));
        Assert.Equal(WireTime.Length, written);
        Assert.True(octets.SequenceEqual("2026-11-22T06:10:00.120Z"u8));
        Assert.False(WireTime.TryFormat(Sunday, octets[1..], out _));
    }

    [Theory]
    [InlineData("2026-11-22T06:10:00.120Z")]
    [InlineData("2026-11-22T06:10:00.12Z")]
    [InlineData("2026-11-22T06:10:00.120000Z")]
    public void Up_to_six_digits_of_a_second_are_read(string text)
    {
        Assert.True(WireTime.TryParse(text, out var time));
        Assert.Equal((Sunday, TimeSpan.Zero), (time, time.Offset));
    }

    [Fact]
    public void The_fraction_may_be_missing()
    {
        Assert.True(WireTime.TryParse("2024-02-29T23:59:59Z"u8, out var time));
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.Zero), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T06:10:00")]
    [InlineData("2026-11-22T06:10:00+00:00")]
    [InlineData("2026-11-22t06:10:00Z")]
    [InlineData("2026-11-22T06:10:00z")]
    [InlineData("2026-11-22 06:10:00Z")]
    [InlineData("2026-11-22T06:10:00.Z")]
    [InlineData("2026-11-22T06:10:00.1234567Z")]
    [InlineData("2026-11-22T06:10:00,120Z")]
    [InlineData("2025-02-29T06:10:00Z")]
    [InlineData("0000-11-22T06:10:00Z")]
    [InlineData("2026-13-22T06:10:00Z")]
    [InlineData("2026-00-22T06:10:00Z")]
    [InlineData("2026-11-00T06:10:00Z")]
    [InlineData("2026-11-22T24:10:00Z")]
    [InlineData("2026-11-22T06:60:00Z")]
    [InlineData("2026-11-22T06:10:60Z")]
    [InlineData("2026-11-22T06:10:-1Z")]
    [InlineData("２026-11-22T06:10:00Z")]
    public void Anything_else_is_not_a_time(string text) => Assert.False(WireTime.TryParse(text, out _));
}
