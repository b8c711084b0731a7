namespace Presence.Grains.Tests.Hosting;

/// <summary>What arrived, in order, and a wait for what has not arrived yet.</summary>
internal sealed class Recorder<T>
{
    // Generous: it only bounds how long a failing test takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly List<T> _items = [];
    private readonly List<(Func<T, bool> Which, TaskCompletionSource<T> Found)> _waiting = [];

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_lock)
                return [.. _items];
        }
    }

    public void Add(T item)
    {
        lock (_lock)
        {
            _items.Add(item);
            foreach (var (_, found) in _waiting.Where(w => w.Which(item)))
                found.TrySetResult(item);
            _waiting.RemoveAll(w => w.Found.Task.IsCompleted);
        }
    }

    /// <summary>The first such item, now or as soon as it comes.</summary>
    public Task<T> First(Func<T, bool> which)
    {
        lock (_lock)
        {
            foreach (var item in _items.Where(which))
                return Task.FromResult(item);
            var found = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((which, found));
            return found.Task.WaitAsync(Patience);
        }
    }
}
