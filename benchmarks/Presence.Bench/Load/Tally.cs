namespace Presence.Bench.Load;

/// <summary>Counts what must arrive against what did. Every counter may be raised by any thread.</summary>
/// <param name="patience">How long nothing may arrive before the rest counts as lost.</param>
/// <param name="clock">Tells when something arrived; the system's if null.</param>
internal sealed class Tally(TimeSpan patience, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private long _expected;
    private long _delivered;
    private long _lastAt;
    private long _doubled;
    private long _wrong;
    private long _awaited;
    private Action? _reached;
    private string? _firstRefusal;

    public TimeSpan Patience { get; } = patience;

    public long Expected => Volatile.Read(ref _expected);

    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>When the last delivery was, as a timestamp of the clock.</summary>
    public long LastAt => Volatile.Read(ref _lastAt);

    public long Doubled => Volatile.Read(ref _doubled);

    public long Wrong => Volatile.Read(ref _wrong);

    public long Lost => Math.Max(0, Expected - Delivered);

    public bool IsClean => Lost == 0 && Doubled == 0 && Wrong == 0;

    public string? FirstRefusal => _firstRefusal;

    public void Expect(long copies) => Interlocked.Add(ref _expected, copies);

    public void Deliver()
    {
        var delivered = Interlocked.Increment(ref _delivered);
        Volatile.Write(ref _lastAt, _clock.GetTimestamp());
        if (delivered == _awaited)
            _reached?.Invoke();
    }

    /// <summary>Calls back once, on the thread that counts it, when so many have been delivered; to be set before they can be.</summary>
    public void When(long delivered, Action reached) => (_awaited, _reached) = (delivered, reached);

    public void Double() => Interlocked.Increment(ref _doubled);

    /// <summary>An answer that nobody waits for: it came twice.</summary>
    public void Stray() => Double();

    public void Mistake() => Interlocked.Increment(ref _wrong);

    public void Broke() => Mistake();

    public void Refused(string answer)
    {
        Interlocked.CompareExchange(ref _firstRefusal, answer, null);
        Mistake();
    }

    /// <summary>Counts a delivery by its number in a row where each must be one more than the last.</summary>
    public void DeliverNext(ref int last, int number)
    {
        if (number <= last)
        {
            Double();
            return;
        }

        // One that was passed over is missing from the delivered ones, so it counts as lost by itself.
        last = number;
        Deliver();
    }

    /// <summary>Returns when all has arrived, or when nothing more did for as long as the patience lasts.</summary>
    public async Task Finish(Action<Tally> progress, Func<bool>? isSending = null)
    {
        var last = -1L;
        var since = _clock.GetTimestamp();
        var shown = since;
        while (Delivered < Expected || (isSending?.Invoke() ?? false))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _clock);
            if (Delivered != last)
            {
                last = Delivered;
                since = _clock.GetTimestamp();
            }
            else if (_clock.GetElapsedTime(since) > Patience)
            {
                return;
            }

            if (_clock.GetElapsedTime(shown) < TimeSpan.FromSeconds(1))
                continue;
            shown = _clock.GetTimestamp();
            progress(this);
        }
    }
}
