using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Presence.Model.Addresses;

namespace Presence.Model.Messages;

/// <summary>
/// Stands for the sender and the <c>mid</c> of a message in tables: a digest with a key of this process, 128 bits wide, so that nobody
/// finds two messages with the same one, whatever ids he chooses (docs/decisions/0097). It holds no references, so the collector
/// need not look at tables of them, and is hashed and compared at once. It has no meaning for another process.
/// </summary>
public readonly struct MessageMark : IEquatable<MessageMark>
{
    /// <summary>Octets of names and ids that are usual; longer ones take a buffer of their own.</summary>
    private const int Usual = 512;

    private static readonly UInt128 Key = MemoryMarshal.Read<UInt128>(RandomNumberGenerator.GetBytes(16));

    private readonly ulong _high;

    private MessageMark(UInt128 digest)
    {
        _high = (ulong)(digest >> 64);
        Low = (ulong)digest;
    }

    /// <summary>As good as random, for tables.</summary>
    internal ulong Low { get; }

    public static MessageMark Of(Address from, string id)
    {
        // The lengths stand before the texts, so that none can go on where another ends.
        var local = from.Local;
        var domain = from.Domain.Value;
        var size = (sizeof(int) * 2) + (sizeof(char) * ((local?.Length ?? 0) + domain.Length + id.Length));
        var text = size <= Usual ? stackalloc byte[Usual] : new byte[size];
        var lengths = MemoryMarshal.Cast<byte, int>(text);
        lengths[0] = local?.Length ?? -1;
        lengths[1] = domain.Length;
        var texts = MemoryMarshal.Cast<byte, char>(text[(sizeof(int) * 2)..]);
        local?.CopyTo(texts);
        texts = texts[(local?.Length ?? 0)..];
        domain.CopyTo(texts);
        id.CopyTo(texts[domain.Length..]);
        return new MessageMark(SipHash.Of(Key, text[..size]));
    }

    public static bool operator ==(MessageMark left, MessageMark right) => left.Equals(right);

    public static bool operator !=(MessageMark left, MessageMark right) => !left.Equals(right);

    public bool Equals(MessageMark other) => Low == other.Low && _high == other._high;

    public override bool Equals(object? obj) => obj is MessageMark other && Equals(other);

    public override int GetHashCode() => (int)Low;
}
