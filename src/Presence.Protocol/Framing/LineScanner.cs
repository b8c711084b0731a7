using System.Buffers;

namespace Presence.Protocol.Framing;

internal enum LineScan
{
    Incomplete,
    Found,
    BadFrame,
    TooLong,
}

/// <summary>
/// Finds the end of a line. One vectorised search stops at the first control octet: LF ends the line (F2), anything
/// else but a CR before it breaks the frame (F3), so controls cost no second pass. The octets already searched of an
/// incomplete line are remembered, so a line that trickles in is searched once.
/// </summary>
internal struct LineScanner
{
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(octet => (byte)octet), 0x7F]);

    private int _searched;

    /// <summary>
    /// Looks no further than the first <paramref name="maxLine"/> octets, so the answer cannot depend on how many
    /// more happen to have arrived.
    /// </summary>
    /// <param name="input">Starts with the line; must start with the same octets after Incomplete.</param>
    /// <param name="maxLine">Limit in octets, terminator included.</param>
    /// <param name="content">Octets before the terminator.</param>
    /// <param name="total">Octets with the terminator.</param>
    public LineScan Find(in ReadOnlySequence<byte> input, int maxLine, out int content, out int total)
    {
        content = total = 0;
        var window = (int)Math.Min(input.Length, maxLine);
        var at = IndexOfControl(input, Math.Min(_searched, window), window);
        if (at < 0 || (at == window - 1 && OctetAt(input, at) == (byte)'\r'))
        {
            _searched = at < 0 ? window : at;
            return window == maxLine ? LineScan.TooLong : LineScan.Incomplete;
        }

        _searched = 0;
        var octet = OctetAt(input, at);
        var terminator = octet == (byte)'\n' ? 1 : 2;
        if (terminator == 2 && (octet != (byte)'\r' || OctetAt(input, at + 1) != (byte)'\n'))
            return LineScan.BadFrame;

        content = at;
        total = at + terminator;
        return LineScan.Found;
    }

    /// <summary>Octet at an index that exists.</summary>
    internal static byte OctetAt(in ReadOnlySequence<byte> input, long index)
    {
        var first = input.FirstSpan;
        if (index < first.Length)
            return first[(int)index];

        var reader = new SequenceReader<byte>(input.Slice(index));
        reader.TryPeek(out var octet);
        return octet;
    }

    private static int IndexOfControl(in ReadOnlySequence<byte> input, int from, int window)
    {
        var first = input.FirstSpan;
        if (first.Length > from)
        {
            var found = first[from..Math.Min(first.Length, window)].IndexOfAny(Controls);
            if (found >= 0)
                return from + found;

            from = Math.Min(first.Length, window);
        }

        return from == window ? -1 : IndexInLaterSegments(input, from, window);
    }

    private static int IndexInLaterSegments(in ReadOnlySequence<byte> input, int from, int window)
    {
        foreach (var segment in input.Slice(from, window - from))
        {
            var found = segment.Span.IndexOfAny(Controls);
            if (found >= 0)
                return from + found;

            from += segment.Length;
        }

        return -1;
    }
}
