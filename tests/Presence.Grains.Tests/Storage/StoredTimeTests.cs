namespace Presence.Grains.Tests.Storage;

public sealed class StoredTimeTests
{
    [Theory]
    [InlineData(7_000, 7_000)]
    [InlineData(7_001, 8_000)]
    [InlineData(7_999, 8_000)]
    public void An_end_is_stored_as_the_end_of_its_second(long end, long stored) =>
        Assert.Equal(stored, StoredTime.InWholeSeconds(DateTimeOffset.FromUnixTimeMilliseconds(end)));
}
