using System.Globalization;
using System.Text;

namespace Presence.Testing.Wire;

/// <summary>
/// Reads frames of PIP/1.0 from a stream. Deliberately shares no code with the product, so that a fault of the
/// product's own parser cannot hide itself. Stricter than a client must be: any breach of the rules is an error.
/// </summary>
internal sealed class FrameReader(Stream stream)
{
    private const int MaxLine = 65_536;
    private const int MaxBody = 4 << 20;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;

    /// <returns>Null when the other side has closed between two frames.</returns>
    /// <exception cref="WireException">Bad framing, or the connection ended inside a frame.</exception>
    public async ValueTask<WireFrame?> Read(CancellationToken cancel)
    {
        while (true)
        {
            var octets = await ReadLine(cancel);
            if (octets is null)
                return null;
            if (octets.Length > 0)
                return await Finish(Decode(octets), cancel);
        }
    }

    private async ValueTask<WireFrame> Finish(string text, CancellationToken cancel)
    {
        var (line, size) = SplitSize(text);
        if (line.AsSpan().ContainsAny('{', '}'))
            throw new WireException($"a brace inside a line: {text}");
        if (size is null)
            return new WireFrame(line, null);
        var body = new byte[size.Value];
        for (var i = 0; i < body.Length; i++)
            body[i] = (byte)await Octet(insideFrame: true, cancel);
        if (await ReadLine(cancel) is not { Length: 0 })
            throw new WireException($"no line end after {size} octets of body: {text}");
        return new WireFrame(line, body);
    }

    /// <summary>`control SP "{" length "}"`</summary>
    private static (string Line, int? Size) SplitSize(string text)
    {
        if (!text.EndsWith('}'))
            return (text, null);
        var open = text.LastIndexOf(" {", StringComparison.Ordinal);
        var digits = open < 0 ? "" : text[(open + 2)..^1];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size.ToString(CultureInfo.InvariantCulture) != digits || size > MaxBody)
            throw new WireException($"a bad size of a body: {text}");
        return (text[..open], size);
    }

    private async ValueTask<byte[]?> ReadLine(CancellationToken cancel)
    {
        var line = new List<byte>();
        while (true)
        {
            var octet = await Octet(insideFrame: line.Count > 0, cancel);
            if (octet < 0)
                return null;
            if (octet == '\n')
                break;
            line.Add((byte)octet);
            if (line.Count > MaxLine)
                throw new WireException($"a line of more than {MaxLine} octets");
        }

        if (line is [.., (byte)'\r'])
            line.RemoveAt(line.Count - 1);
        return line.Exists(octet => octet < 0x20 || octet == 0x7F)
            ? throw new WireException($"a control character in a line: {Encoding.Latin1.GetString([.. line])}")
            : [.. line];
    }

    private async ValueTask<int> Octet(bool insideFrame, CancellationToken cancel)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await Fill(cancel);
        }

        if (_start < _end)
            return _buffer[_start++];
        return insideFrame ? throw new WireException("the connection ended inside a frame") : -1;
    }

    private async ValueTask<int> Fill(CancellationToken cancel)
    {
        try
        {
            return await stream.ReadAsync(_buffer, cancel);
        }
        catch (IOException)
        {
            // A reset is the other way in which a server closes when octets of ours were still unread.
            return 0;
        }
    }

    private static string Decode(byte[] octets)
    {
        try
        {
            return Utf8.GetString(octets);
        }
        catch (ArgumentException)
        {
            throw new WireException($"a line that is not UTF-8: {Convert.ToHexString(octets)}");
        }
    }
}
