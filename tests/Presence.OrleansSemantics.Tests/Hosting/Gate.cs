using System.Collections.Concurrent;

namespace Presence.OrleansSemantics.Tests.Hosting;

/// <summary>Holds a grain in the middle of a turn until the test opens it.</summary>
internal sealed class Gate
{
    private static readonly ConcurrentDictionary<string, Gate> Gates = new(StringComparer.Ordinal);

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public static Gate Of(string key) => Gates.GetOrAdd(key, _ => new Gate());

    public static Gate Of(IGrainWithStringKey grain) => Of(grain.GetPrimaryKeyString());

    public Task Pass()
    {
        _reached.TrySetResult();
        return _open.Task;
    }

    public void Open() => _open.TrySetResult();
}
