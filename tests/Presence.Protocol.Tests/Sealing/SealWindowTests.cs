using Presence.Protocol.Sealing;

namespace Presence.Protocol.Tests.Sealing;

public sealed class SealWindowTests
{
    [Fact]
    [Trait("Conformance", "UDP-02")]
    public void A_repeat_is_refused()
    {
        var window = new SealWindow();
        Assert.True(window.TryTake(1));

        Assert.False(window.TryTake(1));
    }

    [Fact]
    [Trait("Conformance", "UDP-02")]
    public void What_comes_late_within_the_window_is_taken_once()
    {
        var window = new SealWindow();
        Assert.True(window.TryTake(100));

        Assert.True(window.TryTake(37));
        Assert.False(window.TryTake(37));
        Assert.False(window.TryTake(36));
    }

    [Fact]
    public void It_agrees_with_a_set_of_all_that_was_seen()
    {
        var window = new SealWindow();
        var seen = new HashSet<long>();
        var highest = 0L;
        var state = 12345UL;
        for (var round = 0; round < 100_000; round++)
        {
            state = (state * 6364136223846793005UL) + 1442695040888963407UL;
            var jump = (long)(state >> 33) % 97;
            var sequence = Math.Max(1, highest - 80 + jump);
            var expected = sequence > highest - 64 && !seen.Contains(sequence);
            Assert.Equal(expected, window.IsFresh(sequence));
            Assert.Equal(expected, window.TryTake(sequence));
            seen.Add(sequence);
            highest = Math.Max(highest, sequence);
        }
    }

    [Fact]
    public void A_jump_far_ahead_forgets_what_was_before()
    {
        var window = new SealWindow();
        window.TryTake(1);
        window.TryTake(1_000_000);

        Assert.False(window.TryTake(1));
        Assert.True(window.TryTake(999_937));
        Assert.False(window.TryTake(999_936));
    }
}
