namespace Presence.Client.Lasting;

/// <summary>Owns what runs beside the callers: it ends with the client, and what fails is told.</summary>
internal sealed class Background : IAsyncDisposable
{
    private readonly Action<PresenceException> _failed;
    private readonly CancellationToken _end;
    private readonly Lock _lock = new();
    private readonly List<Task> _tasks = [];
    private readonly CancellationTokenSource _ending = new();
    private int _full = 64;

    /// <param name="failed">Told of what went wrong.</param>
    public Background(Action<PresenceException> failed) => (_failed, _end) = (failed, _ending.Token);

    public void Run(Func<CancellationToken, Task> work)
    {
        var task = Guard(work);
        lock (_lock)
        {
            if (_tasks.Count >= _full)
            {
                _tasks.RemoveAll(task => task.IsCompleted);
                _full = Math.Max(64, 2 * _tasks.Count);
            }

            _tasks.Add(task);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        Task[] left;
        lock (_lock)
            left = [.. _tasks];

        await Task.WhenAll(left);
        _ending.Dispose();
    }

    private async Task Guard(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_end);
        }
        catch (PresenceException exception)
        {
            _failed(exception);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The client ends.
        }
    }
}
