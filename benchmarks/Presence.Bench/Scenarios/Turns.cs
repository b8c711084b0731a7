namespace Presence.Bench.Scenarios;

/// <summary>
/// How often each of some speakers has his turn: so many times, or for as long as --seconds says: then a quick server is
/// looked at for as long as a slow one. May be used by any thread.
/// </summary>
/// <param name="run">Where copies are expected.</param>
/// <param name="speakers">How many speak.</param>
/// <param name="times">How often each, if not for some time.</param>
/// <param name="copies">How many must arrive of what is said in one turn.</param>
/// <param name="most">How often each can, if for some time; who has no more before it is over makes the run impossible.</param>
internal sealed class Turns(BenchRun run, int speakers, int times, int copies, int most = int.MaxValue)
{
    private readonly int _seconds = run.Option("seconds", 0);
    private readonly int[] _taken = new int[speakers];
    private readonly Lock _lock = new();
    private bool _areOver;
    private bool _areTooFew;

    /// <summary>How many turns each can have.</summary>
    public int Most => _seconds > 0 ? most : times;

    /// <summary>How many turns each has had.</summary>
    public IReadOnlyList<int> Taken => _taken;

    public string Sizes(string unit) => _seconds > 0 ? $"{_seconds} s" : $"{times} {unit}";

    /// <summary>Begins the clock, gives each his first turn, and returns when there will be no more of them, or they are counted.</summary>
    /// <exception cref="BenchException">Somebody had all his turns before the time was over: the server would be measured idle.</exception>
    public async Task Begin(Action<int> next)
    {
        if (_seconds == 0)
        {
            run.Tally.Expect((long)speakers * times * copies);
            run.BeginWarm();
        }
        else
        {
            run.Begin();
        }

        for (var speaker = 0; speaker < speakers; speaker++)
            next(speaker);
        if (_seconds == 0)
            return;
        await run.Pass(TimeSpan.FromSeconds(_seconds));

        // Who takes a turn after that has none, and what was said before is expected.
        lock (_lock)
            _areOver = true;
        if (_areTooFew)
            throw new BenchException($"{most} for each are too few for {_seconds} s of this server.");
    }

    /// <summary>The number of the speaker's next turn, from 1; null if he has no more.</summary>
    public int? Next(int speaker)
    {
        lock (_lock)
        {
            if (_areOver)
                return null;
            if (_taken[speaker] == Most)
            {
                _areTooFew = _seconds > 0;
                return null;
            }

            if (_seconds > 0)
                run.Tally.Expect(copies);
            return ++_taken[speaker];
        }
    }
}
