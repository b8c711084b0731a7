using System.IO.Compression;
using Orleans.Storage;

namespace Presence.Storage.Sqlite;

/// <summary>
/// JSON, and from <see cref="Long"/> octets on packed (zlib, RFC 1950) where that is shorter. Lists of subscriptions and of
/// access shrink to a sixth, and what fits beside others on a page of the file needs no page of its own. Reads both
/// forms: packed octets begin with 0x78, which no JSON does. Source: decision 0095.
/// </summary>
public sealed class PackedJsonSerializer(JsonGrainStorageSerializer json) : IGrainStorageSerializer
{
    /// <summary>Octets of JSON that are worth packing: 256.</summary>
    public const int Long = 256;

    private const byte FirstOfPacked = 0x78;

    public BinaryData Serialize<T>(T? input)
    {
        var plain = json.Serialize(input);
        if (plain.Length < Long)
            return plain;
        using var packed = new MemoryStream(plain.Length / 4);
        using (var packing = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write(plain);
        return packed.Length < plain.Length ? new BinaryData(packed.GetBuffer().AsMemory(0, (int)packed.Length)) : plain;
    }

    /// <exception cref="System.Text.Json.JsonException">It is no JSON, or not JSON of a <typeparamref name="T"/>.</exception>
    /// <exception cref="InvalidDataException">It begins as packed octets do and is none.</exception>
    public T? Deserialize<T>(BinaryData input)
    {
        var octets = input.ToMemory();
        if (octets.IsEmpty || octets.Span[0] != FirstOfPacked)
            return json.Deserialize<T>(input);
        using var unpacking = new ZLibStream(new MemoryStream(octets.ToArray(), writable: false), CompressionMode.Decompress);
        using var plain = new MemoryStream(octets.Length * 8);
        unpacking.CopyTo(plain);
        return json.Deserialize<T>(new BinaryData(plain.GetBuffer().AsMemory(0, (int)plain.Length)));
    }
}
