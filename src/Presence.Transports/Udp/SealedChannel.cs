using Presence.Protocol.Sealing;

namespace Presence.Transports.Udp;

/// <summary>
/// Both directions of one key: opens what is new, and numbers what it seals. Not for two threads at once.
/// </summary>
internal sealed class SealedChannel(string name, ReadOnlySpan<byte> master) : IDisposable
{
    private readonly SealKey _fromClient = new(master, SealDirection.ClientToServer);
    private readonly SealKey _toClient = new(master, SealDirection.ServerToClient);
    private readonly SealWindow _window = new();
    private long _sent;

    public string Name { get; } = name;

    /// <summary>False for repeats, for what is too old, and for what this key did not seal.</summary>
    public bool TryOpen(in SealedDatagram datagram, out byte[] inner, out bool isNewest)
    {
        inner = [];
        isNewest = datagram.Sequence > _window.Highest;
        return _window.IsFresh(datagram.Sequence)
            && _fromClient.TryOpen(datagram, out inner)
            && _window.TryTake(datagram.Sequence);
    }

    public byte[] Seal(ReadOnlySpan<byte> inner) => _toClient.Seal(++_sent, Name, inner);

    public void Dispose()
    {
        _fromClient.Dispose();
        _toClient.Dispose();
    }
}
