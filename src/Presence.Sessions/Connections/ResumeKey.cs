using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Presence.Sessions.Connections;

/// <summary>What a presented key was worth.</summary>
internal enum KeyVerdict
{
    Right = 0,
    Wrong = 1,

    /// <summary>Wrong once too often: the session is to be destroyed.</summary>
    WornOut = 2,
}

/// <summary>
/// The secret by which a session is resumed: 192 random bits in base64url. Each resume replaces it; the one that was used
/// stays valid until the client shows that it has the response (docs/protocol/sessions.md, "RESUME"). It is used by one
/// connection at a time, but presented by any.
/// </summary>
internal sealed class ResumeKey
{
    /// <summary>Wrong keys that are allowed; the last of them ends the session.</summary>
    private const int MaxWrong = 3;

    private const int RandomOctets = 24;

    private readonly Lock _lock = new();
    private byte[]? _former;
    private byte[] _current;
    private int _wrong;

    /// <param name="used">The key that stays valid until <see cref="Confirm"/>, or null.</param>
    public ResumeKey(string? used = null)
    {
        _current = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomOctets)));
        _former = used is null ? null : Encoding.UTF8.GetBytes(used);
    }

    public string Text
    {
        get
        {
            lock (_lock)
                return Encoding.ASCII.GetString(_current);
        }
    }

    /// <summary>Compares in constant time. A right key is forgiven what was wrong before.</summary>
    public KeyVerdict Check(string presented)
    {
        var octets = Encoding.UTF8.GetBytes(presented);
        lock (_lock)
        {
            var isRight = CryptographicOperations.FixedTimeEquals(octets, _current)
                | (_former is not null && CryptographicOperations.FixedTimeEquals(octets, _former));
            _wrong = isRight ? 0 : _wrong + 1;
            return isRight ? KeyVerdict.Right : _wrong >= MaxWrong ? KeyVerdict.WornOut : KeyVerdict.Wrong;
        }
    }

    /// <summary>A new key for the next resume; the one that was used now stays valid until it is confirmed.</summary>
    public string Rotate(string used)
    {
        var next = new ResumeKey(used);
        lock (_lock)
            (_current, _former) = (next._current, next._former);
        return Text;
    }

    /// <summary>A frame came after the response that told the new key: the client has it.</summary>
    public void Confirm()
    {
        if (_former is null)
            return;
        lock (_lock)
            _former = null;
    }
}
