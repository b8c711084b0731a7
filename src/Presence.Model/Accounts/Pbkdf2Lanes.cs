using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Presence.Model.Accounts;

/// <summary>PBKDF2-HMAC-SHA-256 of one block (RFC 8018 section 5.2), one password in each lane.</summary>
/// <typeparam name="TLanes">As with <see cref="Sha256Lanes{TLanes}"/>.</typeparam>
internal static class Pbkdf2Lanes<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int StateWords = Sha256Lanes<TLanes>.StateWords;
    private const int BlockWords = Sha256Lanes<TLanes>.BlockWords;
    private const int BlockOctets = BlockWords * sizeof(uint);

    // FIPS 180-4 section 5.1.1: one bit, zeros, and the length in bits of a block of HMAC and a digest behind it.
    private static readonly TLanes PaddingBit = Sha256Lanes<TLanes>.InAllLanes(0x80000000);
    private static readonly TLanes PaddedBits =
        Sha256Lanes<TLanes>.InAllLanes((BlockOctets + SHA256.HashSizeInBytes) * 8);

    /// <summary>Writes the 32 octets of each key; at most as many passwords as there are lanes.</summary>
    public static void Derive(ReadOnlySpan<SaltedPassword> passwords, int iterations, Span<byte[]> keys)
    {
        Span<TLanes> inner = stackalloc TLanes[StateWords];
        Span<TLanes> outer = stackalloc TLanes[StateWords];
        Span<TLanes> digest = stackalloc TLanes[StateWords];
        Span<TLanes> sum = stackalloc TLanes[StateWords];
        Span<TLanes> block = stackalloc TLanes[BlockWords];
        StartHmac(passwords, 0x36, inner, block);
        StartHmac(passwords, 0x5c, outer, block);
        FirstDigest(passwords, digest);

        digest.CopyTo(sum);
        for (var iteration = 1; iteration < iterations; iteration++)
        {
            Finish(inner, digest, block);
            Finish(outer, digest, block);
            for (var word = 0; word < StateWords; word++)
                sum[word] = sum[word] ^ digest[word];
        }

        for (var lane = 0; lane < passwords.Length; lane++)
            keys[lane] = Read(sum, lane);
        inner.Clear();
        outer.Clear();
        digest.Clear();
        sum.Clear();
        block.Clear();
    }

    /// <summary>The state behind the first block of HMAC, which is the key and the pad (RFC 2104 section 2).</summary>
    private static void StartHmac(
        ReadOnlySpan<SaltedPassword> passwords, byte pad, Span<TLanes> state, Span<TLanes> block)
    {
        Span<byte> key = stackalloc byte[BlockOctets];
        for (var lane = 0; lane < passwords.Length; lane++)
        {
            key.Clear();
            var password = passwords[lane].Password;
            if (password.Length > BlockOctets)
                SHA256.HashData(password, key);
            else
                password.CopyTo(key);
            foreach (ref var octet in key)
                octet ^= pad;
            Write(key, block, lane);
        }

        Sha256Lanes<TLanes>.InitialState.CopyTo(state);
        Sha256Lanes<TLanes>.Compress(state, block);
        CryptographicOperations.ZeroMemory(key);
    }

    private static void FirstDigest(ReadOnlySpan<SaltedPassword> passwords, Span<TLanes> digest)
    {
        Span<byte> octets = stackalloc byte[SHA256.HashSizeInBytes];
        for (var lane = 0; lane < passwords.Length; lane++)
        {
            HMACSHA256.HashData(passwords[lane].Password, [.. passwords[lane].Salt, 0, 0, 0, 1], octets);
            Write(octets, digest, lane);
        }

        CryptographicOperations.ZeroMemory(octets);
    }

    /// <summary>Hashes the digest as the last block behind a state: half of HMAC.</summary>
    private static void Finish(ReadOnlySpan<TLanes> state, Span<TLanes> digest, Span<TLanes> block)
    {
        digest.CopyTo(block);
        block[StateWords..].Clear();
        block[StateWords] = PaddingBit;
        block[^1] = PaddedBits;
        state.CopyTo(digest);
        Sha256Lanes<TLanes>.Compress(digest, block);
    }

    /// <summary>Lays the octets of one lane out as words.</summary>
    private static void Write(ReadOnlySpan<byte> octets, Span<TLanes> words, int lane)
    {
        var scalars = MemoryMarshal.Cast<TLanes, uint>(words);
        for (var word = 0; word < octets.Length / sizeof(uint); word++)
        {
            scalars[(word * Sha256Lanes<TLanes>.Count) + lane] =
                BinaryPrimitives.ReadUInt32BigEndian(octets[(word * sizeof(uint))..]);
        }
    }

    private static byte[] Read(ReadOnlySpan<TLanes> words, int lane)
    {
        var octets = new byte[words.Length * sizeof(uint)];
        var scalars = MemoryMarshal.Cast<TLanes, uint>(words);
        for (var word = 0; word < words.Length; word++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(
                octets.AsSpan(word * sizeof(uint)), scalars[(word * Sha256Lanes<TLanes>.Count) + lane]);
        }

        return octets;
    }
}
