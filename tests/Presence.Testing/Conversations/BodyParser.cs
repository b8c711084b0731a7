using System.Globalization;
using System.Text;

namespace Presence.Testing.Conversations;

/// <summary>The size at the end of a frame's line and the `|` lines below it.</summary>
internal static class BodyParser
{
    /// <summary>Takes ` {5}` or ` {*}` off the line.</summary>
    /// <returns>Size is null for `{*}`; HasBody is false when the line announces none.</returns>
    public static (string Line, bool HasBody, int? Size) SplitSize(string text)
    {
        var open = text.LastIndexOf(" {", StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith('}'))
            return (text, false, null);
        var digits = text[(open + 2)..^1];
        if (digits == "*")
            return (text[..open], true, null);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? (text[..open], true, size)
            : throw new FormatException("the size of a body is {5} or {*}; write a bad one with >raw");
    }

    /// <summary>
    /// Text lines are joined by CR LF, without one at the end; hex and raw lines simply follow one another.
    /// </summary>
    /// <returns>Null when there are no lines.</returns>
    public static byte[]? Octets(IReadOnlyList<ActorLine> lines, int? size)
    {
        if (lines.Count == 0)
            return null;
        byte[] octets = lines.All(line => line.Mode.Length == 0)
            ? Encoding.UTF8.GetBytes(string.Join("\r\n", lines.Select(line => line.Rest)))
            : [.. lines.SelectMany(OctetsOf)];
        return size is null || size == octets.Length
            ? octets
            : throw new FormatException($"the line says {{{size}}}, but the body has {octets.Length} octets");
    }

    public static BodyPattern Pattern(IReadOnlyList<ActorLine> lines, int? size)
    {
        if (!lines.Any(IsItem))
            return new BodyPattern(size, Octets(lines, size), null, [], false);
        if (!lines.All(IsItem))
            throw new FormatException("a body is given either as items or as octets");
        var open = lines.Any(line => line.Rest == "...");
        return new BodyPattern(size, null, Items(lines, "item"), Items(lines, "noitem"), open);
    }

    private static bool IsItem(ActorLine line) => line.Mode is "item" or "noitem";

    private static List<LinePattern> Items(IEnumerable<ActorLine> lines, string mode) =>
    [
        .. lines.Where(line => line.Mode == mode && line.Rest != "...")
            .Select(line => LinePattern.Parse(line.Rest, exact: false)),
    ];

    private static byte[] OctetsOf(ActorLine line) => line.Mode switch
    {
        "hex" => RawText.ParseHex(line.Rest),
        "raw" => RawText.Parse(line.Rest),
        _ => throw new FormatException("lines of a body are | or |hex or |raw or, when expected, |item and |noitem"),
    };
}
