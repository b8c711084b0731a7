using System.Text;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Transport;

namespace Presence.Transports.Tests.Fakes;

/// <summary>
/// Sessions that are bound at once, answer each tag once and from memory when it is repeated, tell what they executed, and
/// send the events that a test gives them.
/// </summary>
internal sealed class CountingHost : ISessionHost
{
    private readonly Dictionary<long, string> _answers = [];
    private readonly Lock _lock = new();
    private SessionTransport? _transport;
    private long _events;

    /// <summary>Verb and tag of all that was executed.</summary>
    public List<string> Executed { get; } = [];

    public long Acknowledged { get; private set; }

    public async Task Serve(SessionTransport transport)
    {
        _transport = transport;
        transport.Admission!.Settle(Reply.Ok);
        var reader = new FrameReader(FrameLimits.Client);
        while (true)
        {
            var read = await transport.Pipe.Input.ReadAsync();
            var rest = read.Buffer;
            while (reader.Read(ref rest) is { Frame: { } frame })
                await Take(frame);
            transport.Pipe.Input.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                return;
        }
    }

    public Task Drain(CancellationToken deadline) => Task.CompletedTask;

    /// <summary>Sends an event; <paramref name="rest"/> is what follows its number.</summary>
    public async Task Tell(string verb, string rest) => await Write($"{verb} #{++_events} {rest}");

    private async Task Take(Frame frame)
    {
        if (frame.Kind == FrameKind.Acknowledgement)
            Acknowledged = Math.Max(Acknowledged, frame.Number);
        if (frame.Kind != FrameKind.Request)
            return;
        if (_answers.TryGetValue(frame.Number, out var known))
        {
            await Write(known.Replace("\r\n", " dup=yes\r\n", StringComparison.Ordinal));
            return;
        }

        lock (_lock)
            Executed.Add($"{frame.Verb} {frame.Number}");
        _answers[frame.Number] = frame.Verb == "GET"
            ? $"200 {frame.Number} ok val={new string('x', 1300)}\r\n"
            : $"200 {frame.Number} ok\r\n";
        await Write(_answers[frame.Number]);
    }

    private async Task Write(string text) =>
        await _transport!.Pipe.Output.WriteAsync(Encoding.UTF8.GetBytes(text));
}
