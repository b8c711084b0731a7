namespace Presence.Bench.Links;

/// <summary>What one connection has received and its reader has not used yet. It grows to hold the longest frame.</summary>
internal sealed class UnreadOctets(IOctets.Taken taken)
{
    private byte[] _buffer = new byte[1024];
    private int _filled;

    /// <summary>Where the next octets go; never empty.</summary>
    public Memory<byte> Room
    {
        get
        {
            if (_filled == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 4);
            return _buffer.AsMemory(_filled);
        }
    }

    /// <summary>So many octets have come into <see cref="Room"/>.</summary>
    public void Add(int count) => _filled += count;

    /// <summary>Shows the reader what is there; what it has not used stays.</summary>
    public void Take()
    {
        var used = taken(_buffer.AsSpan(0, _filled));
        _buffer.AsSpan(used, _filled - used).CopyTo(_buffer);
        _filled -= used;
    }

    /// <summary>Both at once.</summary>
    public void Received(int count)
    {
        Add(count);
        Take();
    }
}
