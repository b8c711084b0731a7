namespace Presence.Bench.Xmpp;

/// <summary>
/// One element below the stream (RFC 6120), looked at where it lies in the receive buffer. It trusts that the server writes
/// well-formed XML: what it does not find is counted as wrong by whoever asks.
/// </summary>
internal readonly ref struct Stanza
{
    private readonly ReadOnlySpan<byte> _whole;
    private readonly ReadOnlySpan<byte> _head;

    public Stanza(ReadOnlySpan<byte> whole)
    {
        _whole = whole;
        _head = whole[..StanzaSplitter.EndOfTag(whole)];
        Name = _head[1..(2 + _head[2..].IndexOfAny(" />"u8))];
    }

    public ReadOnlySpan<byte> Name { get; }

    public ReadOnlySpan<byte> Whole => _whole;

    /// <param name="nameAndEquals">Such as <c>" type="</c>, with the space before it.</param>
    /// <returns>An attribute of the stanza itself; empty if it has none of that name.</returns>
    public ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> nameAndEquals) => AttributeIn(_head, nameAndEquals);

    public bool Contains(ReadOnlySpan<byte> text) => _whole.IndexOf(text) >= 0;

    /// <param name="tag">Such as <c>"&lt;status&gt;"</c>.</param>
    /// <returns>The text behind it; empty if there is no such tag.</returns>
    public ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> tag)
    {
        var at = _whole.IndexOf(tag);
        if (at < 0)
            return [];
        var rest = _whole[(at + tag.Length)..];
        return rest[..rest.IndexOf((byte)'<')];
    }

    /// <param name="tag">Beginning of a child, such as <c>"&lt;received"</c>.</param>
    public ReadOnlySpan<byte> AttributeOf(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> nameAndEquals)
    {
        var at = _whole.IndexOf(tag);
        if (at < 0)
            return [];
        var child = _whole[at..];
        return AttributeIn(child[..(child.IndexOf((byte)'>') + 1)], nameAndEquals);
    }

    private static ReadOnlySpan<byte> AttributeIn(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> nameAndEquals)
    {
        var at = tag.IndexOf(nameAndEquals);
        if (at < 0)
            return [];
        var quoted = tag[(at + nameAndEquals.Length)..];
        var value = quoted[1..];
        return value[..value.IndexOf(quoted[0])];
    }
}
