using System.Text;
using System.Text.Unicode;

namespace Presence.Protocol.Sasl;

/// <summary>What all SCRAM messages share: UTF-8 without NUL, attributes <c>x=value</c> between commas.</summary>
internal static class ScramText
{
    /// <summary>Longest message, in octets.</summary>
    public const int MaxMessage = 4_096;

    private const int MaxAttributes = 32;

    /// <summary>Null and the text, or the failure that ends the exchange.</summary>
    public static SaslOutcome.Failure? Decode(ReadOnlySpan<byte> message, out string text)
    {
        text = string.Empty;
        if (message.Length > MaxMessage)
            return new(SaslFailure.TooLong, $"a SCRAM message has at most {MaxMessage} octets");
        if (!Utf8.IsValid(message) || message.Contains((byte)0))
            return Malformed("not UTF-8 without NUL");
        text = Encoding.UTF8.GetString(message);
        return null;
    }

    public static byte[] Encode(string text) => Encoding.UTF8.GetBytes(text);

    public static SaslOutcome.Failure Malformed(string what) =>
        new(SaslFailure.Malformed, $"malformed SCRAM message: {what}");

    public static SaslOutcome.Failure UnknownExtension() =>
        new(SaslFailure.UnknownExtension, "the message has a mandatory extension, none of which is known here");

    /// <summary>
    /// Splits <c>attr-val *("," attr-val)</c>. Null and the attributes, or the failure: bad syntax, more than 32, or
    /// the same name twice, which would let two readers see two messages.
    /// </summary>
    public static SaslOutcome.Failure? ReadAttributes(string text, out ScramAttribute[] attributes)
    {
        var parts = text.Split(',', MaxAttributes + 1);
        attributes = new ScramAttribute[Math.Min(parts.Length, MaxAttributes)];
        if (parts.Length > MaxAttributes)
            return Malformed("too many attributes");
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            if (part.Length < 3 || !char.IsAsciiLetter(part[0]) || part[1] != '=')
                return Malformed("an attribute is not of the form x=value");
            var attribute = new ScramAttribute(part[0], part[2..]);
            if (Array.Exists(attributes, a => a.Name == attribute.Name))
                return Malformed($"attribute {attribute.Name} comes twice");
            attributes[i] = attribute;
        }

        return attributes[0].Name == 'm' ? UnknownExtension() : null;
    }

    /// <summary>
    /// Decodes base64 in its one canonical form: the framework's own decoder also takes white space and stray bits.
    /// </summary>
    public static bool TryDecodeBase64(string text, out byte[] octets)
    {
        octets = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(text, octets, out var count))
            return false;
        octets = octets[..count];
        return count > 0 && Convert.ToBase64String(octets) == text;
    }
}
