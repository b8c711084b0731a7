using System.Globalization;
using System.Text;
using Presence.Conformance.Run;

namespace Presence.Conformance.Grpc;

/// <summary>Finds frames in what checks write. Only the plainest form has a counterpart in typed messages.</summary>
internal sealed class FrameSplitter
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly List<byte> _rest = [];

    /// <summary>The frames that are complete now.</summary>
    /// <exception cref="NotApplicableException">A form that only octets have.</exception>
    public IReadOnlyList<(string Line, byte[]? Body)> Take(ReadOnlySpan<byte> octets)
    {
        _rest.AddRange(octets);
        List<(string, byte[]?)> frames = [];
        while (Next() is { } frame)
            frames.Add(frame);
        return frames;
    }

    private (string Line, byte[]? Body)? Next()
    {
        var end = _rest.IndexOf((byte)'\n');
        if (end < 0)
            return null;
        if (end == 0 || _rest[end - 1] != '\r')
            throw new NotApplicableException("about line ends");
        var line = Text([.. _rest[..(end - 1)]]);
        var size = SizeOf(line);
        var length = end + 1 + (size is { } octets ? octets + 2 : 0);
        if (_rest.Count < length)
            return null;
        var body = size is { } count ? _rest.GetRange(end + 1, count).ToArray() : null;
        _rest.RemoveRange(0, length);
        return (size is null ? line : line[..line.LastIndexOf(" {", StringComparison.Ordinal)], body);
    }

    private static string Text(byte[] octets)
    {
        try
        {
            return Utf8.GetString(octets);
        }
        catch (ArgumentException)
        {
            throw new NotApplicableException("about lines that are not UTF-8");
        }
    }

    private static int? SizeOf(string line)
    {
        var open = line.LastIndexOf(" {", StringComparison.Ordinal);
        if (open < 0 || !line.EndsWith('}'))
            return null;
        var digits = line.AsSpan(open + 2, line.Length - open - 3);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= 64 << 20
            ? size
            : throw new NotApplicableException("about the size of a body");
    }
}
