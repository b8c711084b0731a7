using System.Buffers.Binary;
using System.Numerics;

namespace Presence.Model.Messages;

/// <summary>
/// SipHash-2-4 with 128 bits (Aumasson and Bernstein): who does not know the key cannot choose texts with the same digest, and a
/// short text takes some tens of nanoseconds.
/// </summary>
internal struct SipHash
{
    private ulong _v0;
    private ulong _v1;
    private ulong _v2;
    private ulong _v3;

    private SipHash(UInt128 key)
    {
        var low = (ulong)key;
        var high = (ulong)(key >> 64);
        _v0 = low ^ 0x736f6d6570736575;
        _v1 = high ^ 0x646f72616e646f6d ^ 0xee;
        _v2 = low ^ 0x6c7967656e657261;
        _v3 = high ^ 0x7465646279746573;
    }

    /// <summary>The digest, as the number whose octets, the lowest first, are those that the algorithm gives.</summary>
    public static UInt128 Of(UInt128 key, ReadOnlySpan<byte> text)
    {
        var hash = new SipHash(key);
        var rest = text;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            hash.Add(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        var last = (ulong)text.Length << 56;
        for (var at = 0; at < rest.Length; at++)
            last |= (ulong)rest[at] << (8 * at);
        hash.Add(last);
        return hash.Finish();
    }

    private void Add(ulong word)
    {
        _v3 ^= word;
        Mix();
        Mix();
        _v0 ^= word;
    }

    private UInt128 Finish()
    {
        _v2 ^= 0xee;
        var low = Half();
        _v1 ^= 0xdd;
        return new UInt128(Half(), low);
    }

    private ulong Half()
    {
        for (var round = 0; round < 4; round++)
            Mix();
        return _v0 ^ _v1 ^ _v2 ^ _v3;
    }

    private void Mix()
    {
        _v0 += _v1;
        _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
        _v0 = BitOperations.RotateLeft(_v0, 32);
        _v2 += _v3;
        _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
        _v0 += _v3;
        _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
        _v2 += _v1;
        _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
        _v2 = BitOperations.RotateLeft(_v2, 32);
    }
}
