using System.Runtime.CompilerServices;

namespace Presence.Client.Lasting;

/// <summary>
/// What one reader has not read yet. A newer value takes the place of an older one of the same subscription, so a slow
/// reader costs as much memory as it watches places, and the last value always arrives.
/// </summary>
/// <param name="wants">Which events it is for.</param>
/// <param name="close">Called at the end with what was not read.</param>
internal sealed class EventStream(
    Func<PresenceEvent, bool> wants, Action<EventStream, IReadOnlyList<HeldEvent>> close)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<HeldEvent> _queue = [];
    private readonly Dictionary<(string?, string), LinkedListNode<HeldEvent>> _values = [];
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _why;
    private bool _isOver;

    /// <returns>False if it is not for this reader.</returns>
    public bool TryTake(HeldEvent held)
    {
        if (!wants(held.Event))
            return false;

        lock (_lock)
        {
            held.Hold();
            if (held.Event is Notification { State: null } value)
                Replace((value.SubscriptionId, value.Target.ToString()), held);
            else
                _queue.AddLast(held);

            _arrival.TrySetResult();
        }

        return true;
    }

    public void Complete(Exception? why)
    {
        lock (_lock)
        {
            (_isOver, _why) = (true, why);
            _arrival.TrySetResult();
        }
    }

    /// <summary>Asking for the next event says that the one before was dealt with; so does leaving.</summary>
    public async IAsyncEnumerable<PresenceEvent> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        HeldEvent? current = null;
        try
        {
            while (await Next(cancellation) is { } next)
            {
                current = next;
                yield return current.Event;
                current = null;
                next.ReleaseRead();
            }
        }
        finally
        {
            current?.ReleaseRead();
            Close();
        }
    }

    /// <summary>Nobody reads any more. Repeats do nothing.</summary>
    public void Close() => close(this, Drain());

    private async ValueTask<HeldEvent?> Next(CancellationToken cancellation)
    {
        while (true)
        {
            Task arrival;
            lock (_lock)
            {
                if (_queue.First is { } first)
                    return Remove(first);

                if (_isOver)
                    return _why is null ? null : throw _why;

                _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _arrival.Task;
            }

            try
            {
                await arrival.WaitAsync(cancellation);
            }
            catch (OperationCanceledException) when (arrival.IsCompleted)
            {
                // What came before the cancellation is read first.
            }
        }
    }

    private HeldEvent Remove(LinkedListNode<HeldEvent> first)
    {
        _queue.Remove(first);
        if (first.Value.Event is Notification value)
            _values.Remove((value.SubscriptionId, value.Target.ToString()));

        return first.Value;
    }

    private void Replace((string?, string) place, HeldEvent held)
    {
        if (_values.Remove(place, out var older))
        {
            _queue.Remove(older);
            older.Value.Release();
        }

        _values[place] = _queue.AddLast(held);
    }

    private List<HeldEvent> Drain()
    {
        lock (_lock)
        {
            var left = _queue.ToList();
            _queue.Clear();
            _values.Clear();
            _isOver = true;
            return left;
        }
    }
}
