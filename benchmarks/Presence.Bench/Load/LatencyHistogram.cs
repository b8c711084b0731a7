using System.Numerics;

namespace Presence.Bench.Load;

/// <summary>
/// Counts durations in buckets whose width grows with them: 32 a power of two, so a value is told at most 3.2 % too high.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int Parts = 32;
    private const int PartBits = 5;
    private readonly long[] _buckets = new long[Parts * 60];
    private long _count;
    private long _most;

    public long Count => Volatile.Read(ref _count);

    public TimeSpan Most => TimeSpan.FromMicroseconds(Volatile.Read(ref _most));

    /// <summary>Adds the time since a timestamp of <see cref="TimeProvider.System"/>.</summary>
    public void AddSince(long timestamp) => Add(TimeProvider.System.GetElapsedTime(timestamp));

    public void Add(TimeSpan duration)
    {
        var micros = Math.Max(0, (long)duration.TotalMicroseconds);
        Interlocked.Increment(ref _buckets[BucketOf(micros)]);
        Interlocked.Increment(ref _count);
        for (var most = _most; micros > most; most = _most)
            Interlocked.CompareExchange(ref _most, micros, most);
    }

    /// <param name="part">0 to 1, as 0.99 for p99.</param>
    /// <returns>Upper end of the bucket, at most the greatest value; zero if nothing was counted.</returns>
    public TimeSpan Percentile(double part)
    {
        var wanted = (long)Math.Ceiling(Count * part);
        var passed = 0L;
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            passed += _buckets[bucket];
            if (passed >= wanted && passed > 0)
                return TimeSpan.FromMicroseconds(Math.Min(UpperEnd(bucket), _most));
        }

        return TimeSpan.Zero;
    }

    private static int BucketOf(long micros)
    {
        if (micros < Parts)
            return (int)micros;
        var shift = BitOperations.Log2((ulong)micros) - PartBits;
        return ((shift + 1) * Parts) + (int)((micros >> shift) - Parts);
    }

    private static long UpperEnd(int bucket)
    {
        if (bucket < Parts)
            return bucket;
        var shift = (bucket / Parts) - 1;
        return ((Parts + (bucket % Parts) + 1L) << shift) - 1;
    }
}
