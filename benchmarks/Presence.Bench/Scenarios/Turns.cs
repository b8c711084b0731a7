namespace Presence.Bench.Scenarios;

/// <summary>
/// How often each of some speakers has his turn: so many times, or for as long as --seconds says: then a quick server is
/// looked at for as long as a slow one, once or in several heats. May be used by any thread.
/// </summary>
/// <param name="run">Where copies are expected.</param>
/// <param name="speakers">How many speak.</param>
/// <param name="times">How often each, if not for some time.</param>
/// <param name="copies">How many must arrive of what is said in one turn.</param>
/// <param name="most">How often each can, if for some time; the heat in which one has no more is the last, and tells nothing.</param>
internal sealed class Turns(BenchRun run, int speakers, int times, int copies, int most = int.MaxValue)
{
    private readonly int _seconds = run.Option("seconds", 0);
    private readonly int[] _taken = new int[speakers];
    private readonly Lock _lock = new();
    private List<int> _waiting = [];
    private bool _areOver = true;
    private bool _areTooFew;

    /// <summary>How many turns each can have.</summary>
    public int Most => _seconds > 0 ? most : times;

    /// <summary>How many turns each has had.</summary>
    public IReadOnlyList<int> Taken => _taken;

    public string Sizes(string unit) => _seconds > 0 ? $"{_seconds} s" : $"{times} {unit}";

    /// <summary>Lets all speak, and returns when there are no more turns and what was said has arrived.</summary>
    /// <param name="next">Asks for the next turn of a speaker, and speaks.</param>
    /// <param name="atOnce">How many turns each has under way.</param>
    /// <exception cref="BenchException">Somebody had all his turns in the first heat: nothing was found.</exception>
    public async Task Run(Action<int> next, int atOnce = 1)
    {
        for (var at = 0; at < atOnce; at++)
            _waiting.AddRange(Enumerable.Range(0, speakers));
        if (_seconds > 0)
            await RunForSomeTime(next);
        else if (await run.NextHeat())
            await RunAll(next);
    }

    /// <summary>The number of the speaker's next turn, from 1; null if he has none now.</summary>
    public int? Next(int speaker)
    {
        lock (_lock)
        {
            if (_areOver)
            {
                _waiting.Add(speaker);
                return null;
            }

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

    private async Task RunAll(Action<int> next)
    {
        run.Tally.Expect((long)speakers * times * copies);
        run.BeginWarm();
        Begin(next);
        await run.Finish();
    }

    private async Task RunForSomeTime(Action<int> next)
    {
        for (var isFirst = true; await run.NextHeat(); isFirst = false)
        {
            Begin(next);
            await run.Pass(TimeSpan.FromSeconds(_seconds));

            // Whose turn it is now waits for the next heat; what was said before is expected.
            lock (_lock)
                _areOver = true;
            await run.Settle();
            if (!_areTooFew)
                continue;

            // The server was idle for a part of it.
            if (isFirst)
                throw new BenchException($"{most} for each are too few for {_seconds} s of this server.");
            run.Heats.Discard();
            return;
        }
    }

    private void Begin(Action<int> next)
    {
        List<int> waiting;
        lock (_lock)
            (waiting, _waiting, _areOver) = (_waiting, [], false);
        waiting.ForEach(next);
    }
}
