using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Presence.Protocol.Framing;

/// <summary>
/// Writes single tokens. Everything is checked before its first octet is written, so no caller's string can end a
/// line or start another token; a string that breaks the grammar is a caller's mistake and throws ArgumentException.
/// </summary>
internal static class TokenEncoder
{
    /// <summary>Octets that any number has room in.</summary>
    public const int MaxNumber = 20;

    // space, "%", "{", "}", controls and DEL (docs/protocol, section 2.3)
    private static readonly SearchValues<char> EscapedChars =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(code => (char)code), '%', '{', '}', '\x7F']);

    private static readonly SearchValues<byte> EscapedOctets =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(code => (byte)code), .. "%{}\x7F"u8]);

    private static readonly SearchValues<byte> NeverInTarget =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(code => (byte)code), .. "={}\x7F"u8]);

    /// <summary>A word of US-ASCII that the caller has checked.</summary>
    public static void Word(IBufferWriter<byte> output, string word)
    {
        var length = Encoding.UTF8.GetBytes(word, output.GetSpan(Encoding.UTF8.GetMaxByteCount(word.Length)));
        output.Advance(length);
    }

    public static void Number(IBufferWriter<byte> output, long number)
    {
        output.Advance(Number(output.GetSpan(MaxNumber), number));
    }

    /// <param name="output">With room for <see cref="MaxNumber"/> octets.</param>
    /// <param name="number">As it is written.</param>
    /// <returns>How many octets it takes.</returns>
    public static int Number(Span<byte> output, long number)
    {
        number.TryFormat(output, out var length);
        return length;
    }

    /// <summary>Checks a positional token in wire form against the rule <c>target</c>.</summary>
    public static void CheckPositional(string token, string argument)
    {
        var length = Encoding.UTF8.GetMaxByteCount(token.Length);
        var rented = length > 512 ? ArrayPool<byte>.Shared.Rent(length) : null;
        var octets = rented ?? stackalloc byte[512];
        octets = octets[..Encoding.UTF8.GetBytes(token, octets)];
        var valid = !octets.IsEmpty && !octets.ContainsAny(NeverInTarget) && Percent.IsWellFormed(octets);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);

        if (!valid)
            throw new ArgumentException("Not a target in wire form: it must not need escaping.", argument);
    }

    public static void CheckName(ReadOnlySpan<char> name)
    {
        var word = name is ['!', ..] ? name[1..] : name;
        Span<byte> octets = stackalloc byte[16];
        if (word.Length > octets.Length || Ascii.FromUtf16(word, octets, out var length) != OperationStatus.Done
            || !TokenRules.IsName(octets[..length]))
            throw new ArgumentException("Not a parameter name.", nameof(name));
    }

    /// <summary>Percent-encodes what must be; runs between the escapes are copied whole.</summary>
    public static void Value(IBufferWriter<byte> output, ReadOnlySpan<char> value)
    {
        for (var at = value.IndexOfAny(EscapedChars); at >= 0; at = value.IndexOfAny(EscapedChars))
        {
            Encoding.UTF8.GetBytes(value[..at], output);
            Escape(output, (byte)value[at]);
            value = value[(at + 1)..];
        }

        Encoding.UTF8.GetBytes(value, output);
    }

    /// <inheritdoc cref="Value(IBufferWriter{byte}, ReadOnlySpan{char})"/>
    public static void Value(IBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        for (var at = value.IndexOfAny(EscapedOctets); at >= 0; at = value.IndexOfAny(EscapedOctets))
        {
            output.Write(value[..at]);
            Escape(output, value[at]);
            value = value[(at + 1)..];
        }

        output.Write(value);
    }

    public static void CheckValue(ReadOnlySpan<char> value)
    {
        if (value.Contains('\0'))
            throw new ArgumentException("A value cannot hold U+0000.", nameof(value));
    }

    public static void CheckValue(ReadOnlySpan<byte> value)
    {
        if (value.Contains((byte)0) || !Utf8.IsValid(value))
            throw new ArgumentException("A value is valid UTF-8 without U+0000.", nameof(value));
    }

    private static void Escape(IBufferWriter<byte> output, byte octet)
    {
        var hex = "0123456789ABCDEF"u8;
        var span = output.GetSpan(3);
        span[0] = (byte)'%';
        span[1] = hex[octet >> 4];
        span[2] = hex[octet & 0xF];
        output.Advance(3);
    }
}
