using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Orleans.Storage;

namespace Presence.Storage.Sqlite;

/// <summary>
/// JSON, and from <see cref="Long"/> octets on packed (zlib, RFC 1950) where that is shorter. What fits beside others on a page
/// of the file needs no page of its own. The packer is shown words first that states are full of, which are not stored: short
/// states have too little in them to repeat. Reads JSON, what is packed so, and what was packed without words.
/// Source: decisions 0095, 0068.
/// </summary>
/// <param name="json">What is packed.</param>
/// <param name="words">
/// Octets that states are full of, at most 32 KiB, the most frequent at the end. They must never change: what was packed with
/// them cannot be read with others.
/// </param>
public sealed class PackedJsonSerializer(JsonGrainStorageSerializer json, ReadOnlyMemory<byte> words = default)
    : IGrainStorageSerializer
{
    /// <summary>Octets of JSON that are worth packing: 128.</summary>
    public const int Long = 128;

    /// <summary>First octet of what was packed without words: the method of zlib.</summary>
    private const byte WithoutWords = 0x78;

    /// <summary>First octet of what was packed after words. No JSON begins so.</summary>
    private const byte AfterWords = 0x01;

    /// <summary>Octets of JSON from which the packer does not look for the longest repetition: 2 560.</summary>
    private const int VeryLong = 2560;

    /// <summary>Octets that a thread keeps for its next state at most: 64 KiB.</summary>
    private const int MostKept = 64 * 1024;

    // As short as the best but for a few octets, at half of its time.
    private static readonly ZLibCompressionOptions Packing = new() { CompressionLevel = 4 };

    // Half of that time, for what is written again with each entry of a list that grows; a twentieth longer.
    private static readonly ZLibCompressionOptions QuickPacking = new() { CompressionLevel = 2 };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _plain;

    [ThreadStatic]
    private static MemoryStream? _packed;

    private readonly byte[] _beginning = Beginning(words.Span);

    /// <summary>What it packs, as it is.</summary>
    internal JsonGrainStorageSerializer Plain => json;

    public BinaryData Serialize<T>(T? input)
    {
        // Lists are long and written often: neither their JSON nor what the packer needs is made anew each time.
        var plain = _plain ??= new ArrayBufferWriter<byte>(4096);
        var packed = _packed ??= new MemoryStream(4096);
        try
        {
            json.Serialize(input, plain);
            return new BinaryData(Pack(plain.WrittenSpan, packed) is { IsEmpty: false } octets && octets.Length < plain.WrittenCount
                ? octets.ToArray()
                : plain.WrittenSpan.ToArray());
        }
        finally
        {
            if (plain.Capacity > MostKept)
                (_plain, _packed) = (null, null);
            plain.ResetWrittenCount();
            packed.SetLength(0);
        }
    }

    /// <summary>What is packed stands in <paramref name="packed"/>; empty if that is not worth it.</summary>
    private ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> plain, MemoryStream packed)
    {
        if (plain.Length < Long)
            return [];
        var kept = 0;
        using (var packing = new ZLibStream(packed, plain.Length < VeryLong ? Packing : QuickPacking, leaveOpen: true))
        {
            if (!words.IsEmpty)
            {
                packing.Write(words.Span);
                packing.Flush();
                // A flush ends at a whole octet. What was written until now is the same for all; one octet of it is kept for the mark.
                kept = (int)packed.Length - 1;
            }

            packing.Write(plain);
        }

        var octets = packed.GetBuffer().AsSpan(kept, (int)packed.Length - kept);
        octets[0] = words.IsEmpty ? WithoutWords : AfterWords;
        return octets;
    }

    /// <exception cref="System.Text.Json.JsonException">It is no JSON, or not JSON of a <typeparamref name="T"/>.</exception>
    /// <exception cref="InvalidDataException">It begins as packed octets do and is none.</exception>
    public T? Deserialize<T>(BinaryData input)
    {
        var octets = input.ToMemory();
        return (octets.IsEmpty ? default : octets.Span[0]) switch
        {
            AfterWords => json.Deserialize<T>(Unpack([.. _beginning, .. octets.Span[1..]], words.Length)),
            WithoutWords => json.Deserialize<T>(Unpack(octets.ToArray(), passedOver: 0)),
            _ => json.Deserialize<T>(input),
        };
    }

    private static BinaryData Unpack(byte[] octets, int passedOver)
    {
        using var unpacking = new ZLibStream(new MemoryStream(octets, writable: false), CompressionMode.Decompress);
        using var plain = new MemoryStream(octets.Length * 8);
        unpacking.CopyTo(plain);
        return new BinaryData(plain.GetBuffer().AsMemory(passedOver, (int)plain.Length - passedOver));
    }

    /// <summary>
    /// What stands before packed octets so that the words are unpacked first: the head of zlib, and the words as one block that is
    /// not packed. Any packer's output can follow it.
    /// </summary>
    private static byte[] Beginning(ReadOnlySpan<byte> words)
    {
        ReadOnlySpan<byte> head = [WithoutWords, 0x01];
        const int blockHead = 5;
        var beginning = new byte[head.Length + blockHead + words.Length];
        head.CopyTo(beginning);
        // RFC 1951, 3.2.4: not the last block and stored as it is (one octet of zeros), the length, and its complement.
        BinaryPrimitives.WriteUInt16LittleEndian(beginning.AsSpan(head.Length + 1), checked((ushort)words.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(beginning.AsSpan(head.Length + 3), (ushort)(ushort.MaxValue - words.Length));
        words.CopyTo(beginning.AsSpan(head.Length + blockHead));
        return beginning;
    }
}
