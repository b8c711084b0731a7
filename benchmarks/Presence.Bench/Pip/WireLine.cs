using System.Buffers.Text;

namespace Presence.Bench.Pip;

/// <summary>
/// One received line, looked at where it lies in the receive buffer: nothing is copied. It trusts that the peer keeps
/// the grammar, for a line that does not is counted as wrong by whoever asks it.
/// </summary>
internal readonly ref struct WireLine
{
    private readonly ReadOnlySpan<byte> _rest;

    public WireLine(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        Head = space < 0 ? line : line[..space];
        _rest = space < 0 ? [] : line[(space + 1)..];
        IsEvent = _rest.StartsWith("#"u8);
        if (IsEvent)
            _rest = _rest[1..];
        Number = Utf8Parser.TryParse(_rest, out long number, out var digits) ? number : -1;
        _rest = _rest[digits..];
        if (_rest.StartsWith(" "u8))
            _rest = _rest[1..];
    }

    /// <summary>Verb or code.</summary>
    public ReadOnlySpan<byte> Head { get; }

    /// <summary>Tag or sequence number; -1 if there is none.</summary>
    public long Number { get; }

    public bool IsEvent { get; }

    public bool IsResponse => Head.Length == 3 && Head[0] is >= (byte)'1' and <= (byte)'5';

    public bool IsGood => Head.Length == 3 && Head[0] == (byte)'2';

    /// <summary>What stands behind the number.</summary>
    public ReadOnlySpan<byte> Rest => _rest;

    public ReadOnlySpan<byte> Target
    {
        get
        {
            var space = _rest.IndexOf((byte)' ');
            return space < 0 ? _rest : _rest[..space];
        }
    }

    /// <param name="nameAndEquals">Such as <c>" val="</c>, with the space before it.</param>
    /// <returns>As it stands on the line; empty if there is no such parameter.</returns>
    public ReadOnlySpan<byte> Param(ReadOnlySpan<byte> nameAndEquals)
    {
        var at = _rest.IndexOf(nameAndEquals);
        if (at < 0)
            return [];
        var value = _rest[(at + nameAndEquals.Length)..];
        var end = value.IndexOf((byte)' ');
        return end < 0 ? value : value[..end];
    }
}
