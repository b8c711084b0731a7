using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Storage;

namespace Presence.Storage.Sqlite;

/// <summary>
/// Grain state as one line of UTF-8 JSON: camel-case property names, no spaces, text beyond ASCII unescaped, properties
/// of older or newer versions of a state type skipped, those left out that are as in a fresh state. Names are fixed here,
/// whatever the host configures for its own JSON; renaming a property of a state type needs <c>[JsonPropertyName]</c> with
/// the old name, and another first value of one changes what was stored.
/// </summary>
public sealed class JsonGrainStorageSerializer : IGrainStorageSerializer
{
    private readonly JsonSerializerOptions _options;

    /// <param name="configure">Adds the converters of value types, or a type resolver, before the first use.</param>
    public JsonGrainStorageSerializer(Action<JsonSerializerOptions>? configure = null)
    {
        _options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            // The text stays in a BLOB and never reaches a web page, which is what the default escapes are for.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(FreshValues.LeaveOut),
        };
        configure?.Invoke(_options);
        _options.MakeReadOnly(populateMissingResolver: true);
    }

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, _options));

    /// <summary>Writes the JSON where it is wanted, for who needs it for a moment only.</summary>
    internal void Serialize<T>(T? input, IBufferWriter<byte> output)
    {
        // What the serializer writes is valid; the check is for who writes by hand.
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = _options.Encoder, SkipValidation = true });
        JsonSerializer.Serialize(writer, input, _options);
    }

    /// <exception cref="JsonException">The octets are no JSON, or not JSON of a <typeparamref name="T"/>.</exception>
    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, _options);
}
