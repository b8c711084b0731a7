using System.Collections.Concurrent;

namespace Presence.OrleansSemantics.Tests.Hosting;

/// <summary>What happened inside a grain, in order; the silo runs in the process of the test, so both see it.</summary>
internal sealed class Journal
{
    // Generous: it only bounds how long a failing test takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly ConcurrentDictionary<string, Journal> Journals = new(StringComparer.Ordinal);

    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Line, int Times, TaskCompletionSource Seen)> _waiting = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public static Journal Of(string key) => Journals.GetOrAdd(key, _ => new Journal());

    public static Journal Of(IGrainWithStringKey grain) => Of(grain.GetPrimaryKeyString());

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            foreach (var wait in _waiting.Where(w => IsThere(w.Line, w.Times)))
                wait.Seen.TrySetResult();
            _waiting.RemoveAll(w => w.Seen.Task.IsCompleted);
        }
    }

    /// <summary>Waits until the line has been written so many times.</summary>
    public Task Has(string line, int times = 1)
    {
        lock (_lock)
        {
            if (IsThere(line, times))
                return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((line, times, seen));
            return seen.Task.WaitAsync(Patience);
        }
    }

    private bool IsThere(string line, int times) => _lines.Count(l => l == line) >= times;
}
