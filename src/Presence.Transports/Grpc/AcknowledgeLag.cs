namespace Presence.Transports.Grpc;

/// <summary>
/// When to acknowledge what a client cannot acknowledge itself: late, so that a stream that was cut can go on behind the last
/// update that the client has really processed; but before the outbox is full of what is kept for that.
/// </summary>
internal sealed class AcknowledgeLag
{
    /// <summary>Events that are kept: 64 of the 256 that may wait.</summary>
    private const int MaxKept = 64;

    /// <summary>Octets that are kept: 256 KiB of the 1 MiB that may wait.</summary>
    private const int MaxOctets = 256 * 1024;

    private readonly Queue<(long Number, int Octets)> _kept = new();
    private int _octets;

    /// <summary>Notes an event that was passed on; gives the number to acknowledge now, or null.</summary>
    public long? Passed(long number, int octets)
    {
        _kept.Enqueue((number, octets));
        _octets += octets;
        long? due = null;
        while (_kept.Count > MaxKept || _octets > MaxOctets)
        {
            var oldest = _kept.Dequeue();
            _octets -= oldest.Octets;
            due = oldest.Number;
        }

        return due;
    }
}
