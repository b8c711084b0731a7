namespace Presence.Protocol.Framing;

/// <summary>
/// The announcement of a body at the end of a line (F4, F5).
/// <code>
/// size   = "{" length "}"
/// length = "0" / ( nzdigit *9DIGIT )
/// </code>
/// </summary>
internal static class SizeTail
{
    public const long None = -1;

    /// <summary>False breaks the frame: a brace stands elsewhere or the tail is not exactly as above.</summary>
    /// <param name="line">The line without its terminator.</param>
    /// <param name="control">Octets before the tail and its space; the whole line without a tail.</param>
    /// <param name="size">Announced octets, or <see cref="None"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, out int control, out long size)
    {
        control = line.Length;
        size = None;
        var open = line.IndexOfAny((byte)'{', (byte)'}');
        if (open < 0)
            return true;

        if (open == 0 || line[open] != (byte)'{' || line[open - 1] != (byte)' ' || line[^1] != (byte)'}')
            return false;

        control = open - 1;
        return TryReadLength(line[(open + 1)..^1], out size);
    }

    private static bool TryReadLength(ReadOnlySpan<byte> digits, out long length)
    {
        length = None;
        if (digits.Length is 0 or > 10 || (digits[0] == (byte)'0' && digits.Length > 1))
            return false;

        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;

        length = TokenRules.Number(digits);
        return true;
    }
}
