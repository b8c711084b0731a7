using System.Text;
using Presence.Testing.Wire;

namespace Presence.Testing.Conversations;

/// <summary>One connection of an actor, with the transcript that a failure shows.</summary>
/// <param name="stream">The octets both ways.</param>
/// <param name="repeats">True over UDP, where an event comes again until it is acknowledged.</param>
internal sealed class ActorConnection(Stream stream, bool repeats = false) : IAsyncDisposable
{
    private const int ShownLines = 40;
    private const int ShownColumns = 240;
    private readonly FrameReader _frames = new(stream);
    private readonly EventCount _events = new();
    private readonly List<string> _transcript = [];

    /// <summary>Frames that may come before the next one that must.</summary>
    public List<ExpectStep> Optional { get; } = [];

    public bool Greeted { get; private set; }

    public async Task Write(byte[] octets, CancellationToken cancel)
    {
        foreach (var line in Encoding.UTF8.GetString(octets).TrimEnd('\r', '\n').Split('\n'))
            Note("> ", line);
        try
        {
            await stream.WriteAsync(octets, cancel);
            await stream.FlushAsync(cancel);
        }
        catch (IOException)
        {
            // The server may close while we still write; the story tells by what it expects next whether it may.
            Note("-- ", "closed by the server while writing");
        }
    }

    /// <returns>Null when the server has closed.</returns>
    public async Task<WireFrame?> Read(CancellationToken cancel)
    {
        var frame = await _frames.Read(cancel);
        Note(frame is null ? "-- " : "< ", frame?.ToString() ?? "closed by the server");
        if (frame?.Body is { } body)
            Note("<| ", BodyPattern.Shown(body));
        if (frame is not null && !repeats)
            _events.Check(WireLine.Parse(frame.Line));
        Greeted = true;
        return frame;
    }

    public string Transcript()
    {
        var hidden = Math.Max(0, _transcript.Count - ShownLines);
        var lines = _transcript.Skip(hidden).Select(line => "    " + line);
        return string.Join('\n', hidden > 0 ? lines.Prepend($"    … {hidden} lines before") : lines);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private void Note(string sign, string text)
    {
        var line = text.TrimEnd('\r');
        _transcript.Add(sign + (line.Length > ShownColumns ? line[..ShownColumns] + $"… ({line.Length})" : line));
    }
}
