namespace Presence.Bench.Xmpp;

/// <summary>
/// Cuts the octets of an XMPP stream into stanzas by counting tags. What a server may send is narrow enough for that: no
/// comments, no processing instructions but the first, no CDATA (RFC 6120, 11.1); quotes may hold a <c>&gt;</c>.
/// </summary>
internal static class StanzaSplitter
{
    public delegate void StanzaTaken(Stanza stanza);

    /// <returns>How many octets were whole stanzas, or heads of the stream.</returns>
    public static int Take(ReadOnlySpan<byte> received, StanzaTaken taken)
    {
        var used = 0;
        while (true)
        {
            var rest = received[used..];
            var begin = rest.IndexOf((byte)'<');
            if (begin < 0)
                return used;
            rest = rest[begin..];
            var length = Measure(rest);
            if (length == 0)
                return used;
            if (!rest.StartsWith("<?xml"u8))
                taken(new Stanza(rest[..length]));
            used += begin + length;
        }
    }

    /// <summary>Length of the element at the beginning; 0 if its end is not there yet.</summary>
    private static int Measure(ReadOnlySpan<byte> rest)
    {
        var depth = 0;
        var at = 0;
        while (true)
        {
            var tag = rest[at..];
            var end = EndOfTag(tag);
            if (end == 0)
                return 0;
            at += end;
            // Neither the declaration nor the head of a stream has an end that one could wait for.
            if (IsAlone(tag))
                return at;
            depth += tag[1] == (byte)'/' ? -1 : tag[end - 2] == (byte)'/' ? 0 : 1;
            if (depth == 0)
                return at;
            var next = rest[at..].IndexOf((byte)'<');
            if (next < 0)
                return 0;
            at += next;
        }
    }

    private static bool IsAlone(ReadOnlySpan<byte> tag) =>
        tag[1] == (byte)'?' || tag.StartsWith("<stream:stream"u8) || tag.StartsWith("</stream:stream"u8);

    /// <summary>Where the tag at the beginning ends; 0 if that is not there yet.</summary>
    internal static int EndOfTag(ReadOnlySpan<byte> tag)
    {
        var at = 0;
        while (true)
        {
            var next = tag[at..].IndexOfAny((byte)'>', (byte)'\'', (byte)'"');
            if (next < 0)
                return 0;
            at += next;
            if (tag[at] == (byte)'>')
                return at + 1;
            var closing = tag[(at + 1)..].IndexOf(tag[at]);
            if (closing < 0)
                return 0;
            at += closing + 2;
        }
    }
}
