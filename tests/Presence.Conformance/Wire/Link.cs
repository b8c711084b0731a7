using System.Text;
using Presence.Conformance.Run;
using Presence.Conformance.Users;
using Presence.Testing.Wire;

namespace Presence.Conformance.Wire;

/// <summary>
/// One connection, in the words of the checks: say a request, expect its answer, await an event. What is read and not yet
/// asked for waits. A server's PING is answered on the way.
/// </summary>
internal sealed partial class Link : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly FrameReader _reader;
    private readonly Transcript _transcript;
    private readonly TimeSpan _patience;
    private readonly CancellationToken _stop;
    private readonly List<Frame> _waiting = [];
    private Task<WireFrame?>? _reading;

    public Link(Stream stream, string label, Transcript transcript, TimeSpan patience, CancellationToken stop)
    {
        _stream = stream;
        _reader = new FrameReader(stream);
        _transcript = transcript;
        _patience = patience;
        _stop = stop;
        Label = label;
    }

    public string Label { get; }

    public Stream Stream => _stream;

    /// <summary>Who has logged in here.</summary>
    public Person? User { get; set; }

    /// <summary>The answers to HELLO and BIND.</summary>
    public Frame? Hello { get; set; }

    public Frame? Bound { get; set; }

    /// <summary>Tag of the last request.</summary>
    public long Tag { get; set; }

    /// <summary>Ids of the subscriptions that were asked for here.</summary>
    public List<string> Subscribed { get; } = [];

    /// <summary>See <see cref="Wire.Salt"/>.</summary>
    public string Salt { get; init; } = "";

    /// <summary>False: events wait for <see cref="Ack"/>.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>False: a server's PING is given to the check.</summary>
    public bool AnswersPing { get; set; } = true;

    /// <summary>The user's address, so that links can stand in the text of requests.</summary>
    public override string ToString() => User?.Address ?? Label;

    /// <summary>Sends octets as they are. Characters are octets (Latin-1).</summary>
    public async Task Raw(string octets, bool isShown = true)
    {
        octets = Wire.Salt.Into(octets, Salt);
        if (isShown)
            _transcript.Sent(Label, octets);
        await Write(Encoding.Latin1.GetBytes(octets));
    }

    public async Task Write(ReadOnlyMemory<byte> octets)
    {
        try
        {
            await _stream.WriteAsync(octets, _stop);
        }
        catch (IOException)
        {
            // The server has closed; what it said before stands in what is read next.
        }
    }

    /// <summary>Sends a line, with a body if there is one.</summary>
    public async Task Line(string line, byte[]? body = null)
    {
        line = Wire.Salt.Into(line, Salt);
        var head = body is null ? $"{line}\r\n" : $"{line} {{{body.Length}}}\r\n";
        _transcript.Sent(Label, head.TrimEnd());
        byte[] tail = body is null ? [] : [.. body, (byte)'\r', (byte)'\n'];
        await Write((byte[])[.. Encoding.UTF8.GetBytes(head), .. tail]);
    }

    /// <summary>Sends a request with the next tag and does not wait. "GET ~/note" becomes "GET 7 ~/note".</summary>
    public async Task<long> Post(string request, byte[]? body = null)
    {
        var tag = ++Tag;
        if (request.StartsWith("SUB ", StringComparison.Ordinal))
            Subscribed.AddRange(request.Split(' ').Where(word => word.StartsWith("id=", StringComparison.Ordinal)).Select(word => word[3..]));
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        await Line(space < 0 ? $"{request} {tag}" : $"{request[..space]} {tag}{request[space..]}", body);
        return tag;
    }

    public Task<long> Post(string request, string body) => Post(request, Encoding.UTF8.GetBytes(body));

    /// <summary>Sends a request with the next tag where it says §, as it is otherwise.</summary>
    public async Task<long> PostRaw(string octets)
    {
        var tag = ++Tag;
        await Raw(octets.Replace("§", $"{tag}", StringComparison.Ordinal));
        return tag;
    }

    /// <summary>Sends a request and gives its final response.</summary>
    public async Task<Frame> Ask(string request, byte[]? body = null) => await Answer(await Post(request, body));

    public Task<Frame> Ask(string request, string body) => Ask(request, Encoding.UTF8.GetBytes(body));

    /// <summary>Sends a request that must have this answer.</summary>
    /// <param name="wanted">"200", "200 ok", or several with "|" between.</param>
    public async Task<Frame> Expect(string wanted, string request, byte[]? body = null) =>
        Must(wanted, await Ask(request, body), request);

    public Task<Frame> Expect(string wanted, string request, string body) =>
        Expect(wanted, request, Encoding.UTF8.GetBytes(body));

    /// <summary>The final response with this tag.</summary>
    public Task<Frame> Answer(long tag) => Await(
        $"an answer with tag {tag}", frame => frame.IsResponse && (frame.Second == $"{tag}" || frame.Second == "0")
            && frame.First[0] != '1');

    /// <summary>The final response with this tag, which must be the wanted one.</summary>
    public async Task<Frame> Answer(long tag, string wanted) => Must(wanted, await Answer(tag), $"tag {tag}");

    /// <summary>The next event of this kind; it is acknowledged.</summary>
    public async Task<Frame> Event(string verb, Func<Frame, bool>? where = null, string also = "")
    {
        var found = await Await($"{verb} {also}".TrimEnd(), frame => frame.IsEvent && frame.First == verb && where?.Invoke(frame) != false);
        if (Acknowledges)
            await Ack(found.Number);
        return found;
    }

    public Task Ack(long number) => Line($"ACK #{number}");

    /// <summary>The next NOTIFY of a subscription.</summary>
    public Task<Frame> Notify(string id, string? value = null) => Event(
        "NOTIFY", e => e["id"] == id && (value is null || e["val"] == value),
        value is null ? $"with id={id}" : $"with id={id} val={value}");

    /// <summary>The next MSG with this mid.</summary>
    public Task<Frame> Message(string mid) => Event("MSG", e => e["mid"] == mid, $"with mid={mid}");

    /// <summary>Fails if such an event comes, or has come, within a short while.</summary>
    public async Task Never(string what, Func<Frame, bool> where, int milliseconds = 400)
    {
        var until = TimeProvider.System.GetTimestamp();
        var left = TimeSpan.FromMilliseconds(milliseconds);
        while (true)
        {
            if (_waiting.Find(frame => frame.IsEvent && where(frame)) is { } found)
                throw Failed($"no {what}", $"{found}");
            var rest = left - TimeProvider.System.GetElapsedTime(until);
            if (rest <= TimeSpan.Zero || await Next(rest) is not { } next)
                return;
            _waiting.Add(next);
        }
    }

    /// <summary>Lets time pass that the protocol itself asks for, and stays alive meanwhile.</summary>
    public async Task Linger(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(20))
        {
            await Never("end", _ => false, (int)Math.Min(left.TotalMilliseconds, 20_000));
            await Fence();
        }
    }

    /// <summary>What has come of this kind and was not asked for.</summary>
    public IEnumerable<Frame> Waiting(string verb) => _waiting.Where(frame => frame.First == verb);

    /// <summary>What has come so far does not matter any more.</summary>
    public void Forget() => _waiting.Clear();

    /// <summary>A PING, whose answer shows that all before it has been read by the server.</summary>
    public Task<Frame> Fence() => Expect("200 pong", "PING");

    /// <summary>The server says this with tag 0 and closes.</summary>
    public async Task<Frame> Fatal(string wanted)
    {
        var frame = await Await($"{wanted} with tag 0, and the end", frame => frame.IsResponse && frame.Second == "0");
        Must(wanted, frame, "this");
        await Closed();
        return frame;
    }

    /// <summary>Nothing but the end comes any more.</summary>
    public async Task Closed()
    {
        if (_waiting.Find(frame => frame.IsResponse) is { } surplus)
            throw Failed("the connection to be closed without another response", $"{surplus}");
        try
        {
            while (await NextOrEnd(_patience) is { } next)
            {
                if (next.IsResponse)
                    throw Failed("the connection to be closed without another response", $"{next}");
            }
        }
        catch (TimeoutException)
        {
            throw Failed("the connection to be closed", $"it is open after {_patience.TotalSeconds:0.#} s");
        }
    }

    /// <summary>Breaks the connection off without a word, as a lost link does.</summary>
    public async Task Cut()
    {
        _transcript.Told(Label, "-- cut");
        await _stream.DisposeAsync();
    }

    /// <exception cref="CheckFailedException">The frame is not the wanted one.</exception>
    public Frame Must(string wanted, Frame frame, string to) => frame.Is(wanted)
        ? frame
        : throw Failed($"{wanted.Replace("|", " or ", StringComparison.Ordinal)} to {(to.Length > 100 ? $"{to[..100]}…" : to)}", $"{frame}");

    /// <summary>The failure, told with the end of the conversation.</summary>
    public CheckFailedException Failed(string expected, string got) =>
        new($"{Label} expected {expected}; got: {got}{_transcript.LastSent(Label)}");

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();
}
