using System.Buffers;

namespace Presence.Sessions.Delivery;

/// <summary>
/// Buffers in which replies stand until the socket is free, for the next that is needed: a sixth of what a message allocated was these
/// (<c>bench im</c>). Each thread has its own, so nothing is locked.
/// </summary>
internal static class SpareBuffers
{
    /// <summary>Octets of a new one.</summary>
    private const int Least = 256;

    /// <summary>One that has grown beyond this, in octets, is not kept.</summary>
    private const int Greatest = 4096;

    /// <summary>Buffers that a thread keeps at most.</summary>
    private const int Most = 64;

    [ThreadStatic]
    private static Stack<ArrayBufferWriter<byte>>? _spare;

    public static ArrayBufferWriter<byte> Take() =>
        _spare?.TryPop(out var buffer) == true ? buffer! : new ArrayBufferWriter<byte>(Least);

    /// <param name="buffer">Looked at by nobody any more.</param>
    public static void Give(ArrayBufferWriter<byte> buffer)
    {
        var spare = _spare ??= new Stack<ArrayBufferWriter<byte>>();
        if (buffer.Capacity > Greatest || spare.Count >= Most)
            return;
        buffer.ResetWrittenCount();
        spare.Push(buffer);
    }
}
