namespace Presence.Model.Messages;

/// <summary>
/// Messages that have left, in the order in which they did, each with the time until which it is remembered. Without references, and
/// made for processors whose caches it does not fit into: a look reads one line of <see cref="_places"/>, the rest is read and written
/// in order (<c>bench group</c>). Owned by one; not for several threads at a time.
/// </summary>
public sealed class RecentMarks
{
    private const int Fewest = 4;

    /// <summary>Places of all that remember nothing: users are many who get no message (<c>bench idle</c>).</summary>
    private static readonly ulong[] Nothing = [0];

    /// <summary>In the order in which they came, from <see cref="_oldest"/> on and round.</summary>
    private Entry[] _entries = [];

    /// <summary>
    /// Where in <see cref="_entries"/> a mark stands: half of its hash above, the place and one below; 0 for none. It stands where its
    /// hash says or in the next that is free, so twice as many are there as marks.
    /// </summary>
    private ulong[] _places = Nothing;

    private int _oldest;

    /// <summary>How many are remembered.</summary>
    public int Count { get; private set; }

    /// <summary>Until when the oldest is remembered, in ticks of UTC; the end of time if there is none.</summary>
    public long OldestUntil => Count == 0 ? long.MaxValue : _entries[_oldest].Until;

    public bool Contains(MessageMark mark) => Find(mark) >= 0;

    /// <summary>Until when it is remembered, in ticks of UTC; 0 if it is not.</summary>
    public long Until(MessageMark mark) => Find(mark) is var at and >= 0 ? _entries[PlaceIn(_places[at])].Until : 0;

    /// <summary>One that is there already keeps its turn.</summary>
    /// <param name="mark">What is to be remembered.</param>
    /// <param name="until">In ticks of UTC.</param>
    public void Add(MessageMark mark, long until)
    {
        if (Find(mark) is var at and >= 0)
        {
            _entries[PlaceIn(_places[at])].Until = until;
            return;
        }

        if (Count == _entries.Length)
            Grow();
        var place = (_oldest + Count++) & (_entries.Length - 1);
        _entries[place] = new Entry { Mark = mark, Until = until };
        Put(place);
    }

    /// <summary>Forgets the oldest and gives it.</summary>
    public MessageMark RemoveOldest()
    {
        ref var oldest = ref _entries[_oldest];
        if (Find(oldest.Mark) is var at and >= 0 && PlaceIn(_places[at]) == _oldest)
            Clear(at);
        _oldest = (_oldest + 1) & (_entries.Length - 1);
        Count--;
        return oldest.Mark;
    }

    /// <summary>It is as if it had never come; its turn is left empty.</summary>
    public void Remove(MessageMark mark)
    {
        if (Find(mark) is var at and >= 0)
            Clear(at);
    }

    private static int PlaceIn(ulong written) => (int)(uint)written - 1;

    private static uint HashIn(ulong written) => (uint)(written >> 32);

    private static uint HashOf(MessageMark mark) => (uint)(mark.Low >> 32);

    private int Find(MessageMark mark)
    {
        var hash = HashOf(mark);
        var last = _places.Length - 1;
        for (var at = (int)hash & last; _places[at] is var written and not 0; at = (at + 1) & last)
        {
            if (HashIn(written) == hash && _entries[PlaceIn(written)].Mark == mark)
                return at;
        }

        return -1;
    }

    private void Put(int place)
    {
        var hash = HashOf(_entries[place].Mark);
        var last = _places.Length - 1;
        var at = (int)hash & last;
        while (_places[at] != 0)
            at = (at + 1) & last;
        _places[at] = ((ulong)hash << 32) | (uint)(place + 1);
    }

    /// <summary>What stands behind it because of it moves up, so that a look may end at the first that is free.</summary>
    private void Clear(int at)
    {
        var last = _places.Length - 1;
        var free = at;
        for (var next = (at + 1) & last; _places[next] is var written and not 0; next = (next + 1) & last)
        {
            var home = (int)HashIn(written) & last;
            if (((next - home) & last) < ((next - free) & last))
                continue;
            _places[free] = written;
            free = next;
        }

        _places[free] = 0;
    }

    private void Grow()
    {
        var old = _entries;
        var oldPlaces = _places;
        _entries = new Entry[Math.Max(old.Length * 2, Fewest)];
        _places = new ulong[_entries.Length * 2];
        var tail = old.Length - _oldest;
        old.AsSpan(_oldest).CopyTo(_entries);
        old.AsSpan(0, _oldest).CopyTo(_entries.AsSpan(tail));
        foreach (var written in oldPlaces)
        {
            // Those without a turn of their own any more are not put anew.
            if (written != 0)
                Put((PlaceIn(written) - _oldest) & (old.Length - 1));
        }

        _oldest = 0;
    }

    private struct Entry
    {
        public MessageMark Mark;

        /// <summary>In ticks of UTC.</summary>
        public long Until;
    }
}
