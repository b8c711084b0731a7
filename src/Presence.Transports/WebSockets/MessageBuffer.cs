using System.Buffers;
using System.Net.WebSockets;
using Presence.Protocol.Framing;

namespace Presence.Transports.WebSockets;

/// <summary>
/// One message of a client at a time. It grows to the longest message there was, and never beyond the limit: more is taken
/// for no frame at once.
/// </summary>
internal sealed class MessageBuffer(int maxOctets)
{
    private const int FirstSize = 1024;

    private readonly FrameLimits _limits = new(maxOctets, maxOctets, int.MaxValue);
    private byte[] _octets = new byte[Math.Min(FirstSize, maxOctets)];
    private int _length;
    private bool _isTooLong;

    public ReadOnlyMemory<byte> Octets => _octets.AsMemory(0, _length);

    /// <summary>
    /// True if the message is one whole frame and nothing else. Octets that no frame can begin with pass too: the session
    /// tells better what is wrong with them, and ends.
    /// </summary>
    public bool IsOneFrame
    {
        get
        {
            if (_isTooLong)
                return false;
            var rest = new ReadOnlySequence<byte>(Octets);
            return new FrameReader(_limits).Read(ref rest).Status switch
            {
                ReadStatus.Frame or ReadStatus.Malformed => rest.IsEmpty,
                ReadStatus.Broken => true,
                _ => false,
            };
        }
    }

    /// <summary>Waits for the next message; false when the client closes.</summary>
    public async ValueTask<bool> Next(WebSocket socket)
    {
        _length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_octets.AsMemory(_length), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                return false;
            _length += part.Count;
            if (part.EndOfMessage)
                return true;
            if (_length == _octets.Length && !Grow())
            {
                _isTooLong = true;
                return true;
            }
        }
    }

    private bool Grow()
    {
        if (_octets.Length == maxOctets)
            return false;
        Array.Resize(ref _octets, (int)Math.Min(2L * _octets.Length, maxOctets));
        return true;
    }
}
