using System.Buffers.Text;

namespace Presence.Bench.Pip;

/// <summary>Cuts octets into lines with their bodies.</summary>
internal static class LineSplitter
{
    public delegate void FrameTaken(WireLine line, ReadOnlySpan<byte> body);

    /// <returns>How many octets were whole frames.</returns>
    public static int Take(ReadOnlySpan<byte> received, FrameTaken taken)
    {
        var rest = received;
        while (TryCut(rest, out var line, out var body, out var whole))
        {
            if (!line.IsEmpty)
                taken(new WireLine(line), body);
            rest = rest[whole..];
        }

        return received.Length - rest.Length;
    }

    private static bool TryCut(
        ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line, out ReadOnlySpan<byte> body, out int whole)
    {
        line = body = default;
        whole = rest.IndexOf((byte)'\n') + 1;
        if (whole == 0)
            return false;
        line = rest[..(whole - 1)].TrimEnd((byte)'\r');
        if (!line.EndsWith("}"u8))
            return true;
        var brace = line.LastIndexOf((byte)'{');
        if (!Utf8Parser.TryParse(line[(brace + 1)..], out int length, out _))
            return true;
        if (rest.Length < whole + length + 1)
            return false;
        body = rest.Slice(whole, length);
        var after = rest[(whole + length)..];
        var end = after.IndexOf((byte)'\n');
        whole += length + end + 1;
        return end >= 0;
    }
}
