using Presence.Model.Memory;

namespace Presence.Model.Tests.Memory;

public sealed class RecentNotesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RecentNotes<string, int> _notes = new(most: 3, life: 5 * Minute);

    [Fact]
    public void What_was_noted_is_known_until_its_life_is_over()
    {
        Assert.True(_notes.Note("a", 1, Noon));

        Assert.True(_notes.TryGet("a", Noon + (5 * Minute) - TimeSpan.FromTicks(1), out var value));
        Assert.Equal(1, value);
        Assert.False(_notes.Contains("a", Noon + (5 * Minute)));
        Assert.False(_notes.Contains("b", Noon));
    }

    [Fact]
    public void Of_too_many_the_one_noted_longest_ago_goes()
    {
        foreach (var key in (string[])["a", "b", "c", "d"])
            _notes.Note(key, 0, Noon);

        Assert.Equal(["b", "c", "d"], Keys(Noon));
    }

    [Fact]
    public void What_is_noted_again_is_as_new()
    {
        foreach (var key in (string[])["a", "b", "c"])
            _notes.Note(key, 1, Noon);
        Assert.False(_notes.Note("a", 2, Noon + (4 * Minute)));
        _notes.Note("d", 4, Noon + (4 * Minute));

        Assert.Equal(["c", "a", "d"], Keys(Noon + (4 * Minute)));
        Assert.Equal(["a", "d"], Keys(Noon + (6 * Minute)));
        Assert.True(_notes.TryGet("a", Noon + (6 * Minute), out var value));
        Assert.Equal(2, value);
    }

    [Fact]
    public void What_is_too_old_takes_no_room()
    {
        foreach (var key in (string[])["a", "b", "c"])
            _notes.Note(key, 0, Noon);
        _notes.Note("d", 0, Noon + (5 * Minute));

        Assert.Equal(1, _notes.Count);
    }

    private IEnumerable<string> Keys(DateTimeOffset now) => _notes.All(now).Select(note => note.Key);
}
