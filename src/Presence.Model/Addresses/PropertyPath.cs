using System.Text;

namespace Presence.Model.Addresses;

/// <summary>
/// The path of a property or container below a node, always canonical: NFC segments joined by <c>/</c>, with
/// upper-case percent escapes only for characters that the grammar does not let stand. At most 1024 UTF-16 units.
/// <c>default</c> is <see cref="Root"/>, the node itself. Source: docs/protocol, sections 2.4 part 3 and 3.3.
/// </summary>
public readonly record struct PropertyPath : IComparable<PropertyPath>
{
    private readonly string? _text;

    private PropertyPath(string text) => _text = text.Length == 0 ? null : text;

    /// <summary>The empty path: the node itself.</summary>
    public static PropertyPath Root => default;

    public bool IsRoot => _text is null;

    /// <summary>Number of segments; 0 for the root.</summary>
    public int Count => _text is null ? 0 : _text.AsSpan().Count('/') + 1;

    /// <summary>The segments with escapes undone, so a segment may itself hold a slash.</summary>
    public IReadOnlyList<string> Segments =>
        _text is null ? [] : Array.ConvertAll(_text.Split('/'), s => PathText.Decode(s));

    /// <summary>The first segment with escapes undone; null for the root.</summary>
    public string? First => _text is null ? null : PathText.Decode(_text.AsSpan(0, EndOfFirst(_text)));

    /// <summary>The first segment as it is written, escapes and all; empty for the root.</summary>
    internal ReadOnlySpan<char> FirstWritten => _text is null ? default : _text.AsSpan(0, EndOfFirst(_text));

    /// <summary>The last segment as it is written, escapes and all; empty for the root.</summary>
    internal ReadOnlySpan<char> LastWritten => _text.AsSpan(_text is null ? 0 : _text.LastIndexOf('/') + 1);

    /// <summary>The last segment with escapes undone; null for the root.</summary>
    public string? Last => _text is null ? null : PathText.Decode(_text.AsSpan(_text.LastIndexOf('/') + 1));

    /// <summary>The path without its last segment; the root is its own parent.</summary>
    public PropertyPath Parent =>
        _text is not null && _text.LastIndexOf('/') is > 0 and var slash ? new(_text[..slash]) : Root;

    /// <summary>Reads the wire form (no leading slash, still percent-encoded); the empty string is the root.</summary>
    public static bool TryParse(string? wire, out PropertyPath path, out AddressFault fault) =>
        TryRead(wire, canonicalOnly: false, out path, out fault);

    /// <summary>Accepts only what is canonical already, as federation links must.</summary>
    public static bool TryParseCanonical(string? wire, out PropertyPath path, out AddressFault fault) =>
        TryRead(wire, canonicalOnly: true, out path, out fault);

    /// <summary>For paths known to be good.</summary>
    /// <exception cref="FormatException">The path is refused; the message is the fault's sentence.</exception>
    public static PropertyPath Parse(string wire) =>
        TryParse(wire, out var path, out var fault) ? path : throw new FormatException(fault.Sentence);

    /// <summary>True if this is <paramref name="ancestor"/> or lies below it; whole segments count.</summary>
    public bool StartsWith(PropertyPath ancestor)
    {
        if (ancestor._text is not { } head) return true;
        return _text is { } text && text.StartsWith(head, StringComparison.Ordinal)
            && (text.Length == head.Length || text[head.Length] == '/');
    }

    /// <param name="segment">One segment, not percent-encoded.</param>
    /// <exception cref="ArgumentException">The segment is empty, not text, or makes the path too long.</exception>
    public PropertyPath Append(string segment) => TryAppend(segment, out var path, out var fault)
        ? path
        : throw new ArgumentException(fault.Sentence, nameof(segment));

    /// <summary>As <see cref="Append"/>, for segments that come from outside.</summary>
    public bool TryAppend(string? segment, out PropertyPath path, out AddressFault fault)
    {
        if (PathText.IsPlainSegment(segment) && (_text?.Length ?? 0) + 1 + segment!.Length <= PathText.MaxLength)
        {
            path = new PropertyPath(_text is null ? segment : string.Concat(_text, "/", segment));
            fault = default;
            return true;
        }

        var text = new StringBuilder(_text);
        if (text.Length > 0) text.Append('/');
        fault = PathText.AppendSegment(text, segment ?? "");
        path = fault.IsNone ? new PropertyPath(text.ToString()) : default;
        return fault.IsNone;
    }

    /// <summary>The order of the canonical form's UTF-8 octets; the root comes first.</summary>
    public int CompareTo(PropertyPath other) => OctetOrder.Compare(null, _text ?? "", null, other._text ?? "");

    public override string ToString() => _text ?? "";

    internal static bool TryRead(
        ReadOnlySpan<char> wire, bool canonicalOnly, out PropertyPath path, out AddressFault fault)
    {
        path = default;
        fault = default;
        if (wire.IsEmpty) return true;
        fault = PathText.CanonicaliseWire(wire, out var text);
        if (fault.IsNone && canonicalOnly && !wire.SequenceEqual(text)) fault = AddressFault.NotCanonical;
        if (fault.IsNone) path = new PropertyPath(text);
        return fault.IsNone;
    }

    /// <summary>Reads the path of a pip: URI, whose plain characters are fewer than the wire's.</summary>
    internal static bool TryReadUri(ReadOnlySpan<char> uri, out PropertyPath path, out AddressFault fault)
    {
        fault = PathText.CanonicaliseUri(uri, out var text);
        path = fault.IsNone ? new PropertyPath(text) : default;
        return fault.IsNone;
    }

    private static int EndOfFirst(string text) => text.IndexOf('/') is >= 0 and var slash ? slash : text.Length;
}
