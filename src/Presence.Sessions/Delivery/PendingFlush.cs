namespace Presence.Sessions.Delivery;

/// <summary>
/// The wires that were given something and were not told to write it yet: one write for each socket, whatever number of
/// changes came at once. It saves most of the system calls under load (<c>bench fanout</c>). Used by one thread at a time.
/// </summary>
internal sealed class PendingFlush
{
    private readonly List<Wire> _wires = [];

    /// <summary>The wire writes at the next <see cref="Flush"/>, unless it does so before.</summary>
    public void Add(Wire wire)
    {
        if (wire.TryMark())
            _wires.Add(wire);
    }

    public void Flush()
    {
        foreach (var wire in _wires)
        {
            wire.Unmark();
            wire.Flush();
        }

        _wires.Clear();
    }
}
