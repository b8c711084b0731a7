namespace Presence.Federation.Links;

/// <summary>Claims that one connection may make: each has this node call somebody. Ten within a minute.</summary>
internal sealed class ClaimRate(TimeProvider time)
{
    private const int Most = 10;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<long> _taken = new();
    private readonly Lock _lock = new();

    /// <summary>False if it is one too many.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            while (_taken.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Minute)
                _taken.Dequeue();
            if (_taken.Count >= Most)
                return false;
            _taken.Enqueue(time.GetTimestamp());
            return true;
        }
    }
}
