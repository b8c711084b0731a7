namespace Presence.Model.Properties;

/// <summary>
/// What a property holds: a short text (<c>val=</c>), or a typed body whose octets nobody looks into.
/// Two values are equal when their octets, type and language are.
/// </summary>
public sealed class PropertyValue : IEquatable<PropertyValue>
{
    private PropertyValue(string? text, ReadOnlyMemory<byte> body, string? type, string? language)
    {
        Text = text;
        Body = body;
        Type = type;
        Language = language;
    }

    /// <summary>The text, or null if this is a typed body.</summary>
    public string? Text { get; }

    /// <summary>The octets of a typed body; empty for a text.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>MIME content type of the body; null for a text.</summary>
    public string? Type { get; }

    /// <summary>BCP 47 language tag, or null.</summary>
    public string? Language { get; }

    /// <summary>Size that counts against the limit of 16 KiB: octets of the body, or of the text in UTF-8.</summary>
    public int Size => Text is null ? Body.Length : System.Text.Encoding.UTF8.GetByteCount(Text);

    public static PropertyValue OfText(string text, string? language = null) => new(text, default, null, language);

    public static PropertyValue OfBody(ReadOnlyMemory<byte> body, string type, string? language = null) =>
        new(null, body, type, language);

    public bool Equals(PropertyValue? other) =>
        other is not null && Text == other.Text && Type == other.Type && Language == other.Language
        && Body.Span.SequenceEqual(other.Body.Span);

    public override bool Equals(object? obj) => Equals(obj as PropertyValue);

    public override int GetHashCode() => HashCode.Combine(Text, Type, Language, Body.Length);
}
