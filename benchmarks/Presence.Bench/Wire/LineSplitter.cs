using System.Buffers.Text;
using System.Net.Sockets;

namespace Presence.Bench.Wire;

/// <summary>Cuts what a socket brings into lines with their bodies; the buffer holds one torn frame at most.</summary>
internal sealed class LineSplitter
{
    private byte[] _buffer = new byte[1024];
    private int _filled;

    public delegate void FrameTaken(WireLine line, ReadOnlySpan<byte> body);

    public void Offer(SocketAsyncEventArgs receive)
    {
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 4);
        receive.SetBuffer(_buffer, _filled, _buffer.Length - _filled);
    }

    public void Take(int received, FrameTaken taken)
    {
        _filled += received;
        var rest = _buffer.AsSpan(0, _filled);
        while (TryCut(rest, out var line, out var body, out var whole))
        {
            if (!line.IsEmpty)
                taken(new WireLine(line), body);
            rest = rest[whole..];
        }

        rest.CopyTo(_buffer);
        _filled = rest.Length;
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
