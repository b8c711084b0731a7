using System.Text;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Bodies;

/// <summary>
/// Reads a line-oriented body (docs/protocol, section 2.4, part 6) item by item:
/// <code>
/// body = *( item EOL )
/// item = token [ SP token [ SP token ] ] *( SP param )
/// </code>
/// Token rules are those of control lines. An empty line, a brace, a control character and a last item without its
/// line end are faults. How many positional tokens a body type wants is for its caller to check.
/// </summary>
/// <param name="body">The octets of the body; must stay unchanged while it is read.</param>
/// <param name="maxItems">Items allowed; one more is the fault 431.</param>
/// <param name="maxParameters">Parameters allowed in one item, default 32; one more is the fault 431.</param>
public ref struct LineBodyReader(ReadOnlySpan<byte> body, int maxItems, int maxParameters = 32)
{
    private readonly int _maxItems = maxItems;
    private readonly int _maxParameters = maxParameters;
    private ReadOnlySpan<byte> _rest = body;
    private int _line;

    /// <summary>Set once <see cref="TryRead"/> has met a bad line; null at the end of a good body.</summary>
    public LineBodyFault? Fault { get; private set; }

    /// <summary>Takes the next item. False at the end of the body and at, and ever after, the first fault.</summary>
    public bool TryRead(out LineItem item)
    {
        item = default;
        if (_rest.IsEmpty || Fault is not null)
            return false;

        _line++;
        if (_line > _maxItems)
            return Refuse(TokenFault.TooMany);

        if (!TryTakeLine(out var line))
            return Refuse(TokenFault.BadRequest);

        return ReadItem(line, out item) is not { } fault || Refuse(fault);
    }

    /// <summary>Reads a whole body.</summary>
    /// <returns>False with the fault if any line is bad; then there are no items.</returns>
    public static bool TryReadAll(
        ReadOnlySpan<byte> body, int maxItems, out IReadOnlyList<LineItem> items, out LineBodyFault fault)
    {
        var list = new List<LineItem>();
        var reader = new LineBodyReader(body, maxItems);
        while (reader.TryRead(out var item))
            list.Add(item);

        fault = reader.Fault ?? default;
        items = reader.Fault is null ? list : [];
        return reader.Fault is null;
    }

    // EOL = [ CR ] LF; one search finds the first octet that cannot stand in a line
    private bool TryTakeLine(out ReadOnlySpan<byte> line)
    {
        line = default;
        var end = LineOctets.IndexOfEnd(_rest);
        if (end < 0)
            return false;

        line = _rest[..end];
        if (_rest[end] == (byte)'\r')
            end++;

        if (end == _rest.Length || _rest[end] != (byte)'\n')
            return false;

        _rest = _rest[(end + 1)..];
        return true;
    }

    private readonly TokenFault? ReadItem(ReadOnlySpan<byte> line, out LineItem item)
    {
        item = default;
        var cursor = new TokenCursor(line);
        if (!TryPositional(ref cursor, out var first) || first is null
            || !TryPositional(ref cursor, out var second) || !TryPositional(ref cursor, out var third))
            return TokenFault.BadRequest;

        if (ParameterParser.Read(ref cursor, _maxParameters, out var parameters) is { } fault)
            return fault;

        item = new LineItem(first, second, third, parameters);
        return null;
    }

    // True with null if the next token is a parameter or there is none; false if it is positional and bad.
    private static bool TryPositional(ref TokenCursor cursor, out string? text)
    {
        text = null;
        if (!cursor.TryNextPositional(out var token))
            return true;

        if (token.IsEmpty || !Percent.IsWellFormed(token))
            return false;

        text = Encoding.UTF8.GetString(token);
        return true;
    }

    private bool Refuse(TokenFault fault)
    {
        Fault = new LineBodyFault(fault.Code, fault.Reason, _line, fault.Param);
        return false;
    }
}
