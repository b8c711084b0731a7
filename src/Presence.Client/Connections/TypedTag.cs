namespace Presence.Client.Connections;

/// <summary>Finds the tag in a line that a person typed: <c>verb SP tag …</c>.</summary>
internal static class TypedTag
{
    /// <summary>The tag, or 0 if the line does not begin like a request.</summary>
    public static long In(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        if (space < 3 || line[..space].ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
            return 0;

        var digits = line[(space + 1)..];
        var end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = end < 0 ? digits : digits[..end];
        return digits.Length is > 0 and <= 17 && long.TryParse(digits, out var tag) ? tag : 0;
    }
}
