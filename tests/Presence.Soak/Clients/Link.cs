using System.Collections.Concurrent;
using System.Text;
using Presence.Soak.Histories;
using Presence.Soak.Wire;
using Presence.Testing.Wire;

namespace Presence.Soak.Clients;

/// <summary>
/// The session of a client and its connection of the moment: writes requests, records what comes, acknowledges. Survives
/// connections; the requests that have no answer wait in <see cref="Waiting"/>.
/// </summary>
internal sealed class Link(Scene scene, HistoryRecorder history)
{
    private Connection? _connection;
    private Task _reading = Task.CompletedTask;
    private long _acknowledged;
    private long _heard;

    /// <summary>Number of the last event that was processed.</summary>
    public long Seen { get; private set; }

    public ConcurrentDictionary<long, Call> Waiting { get; } = new();

    public ConcurrentDictionary<string, Held> Held { get; } = new(StringComparer.Ordinal);

    /// <summary>Completes when the connection has ended and everything that came over it is recorded.</summary>
    public Task Down => _reading;

    public bool IsUp => !_reading.IsCompleted;

    /// <summary>Completed and replaced whenever an answer comes.</summary>
    public SemaphoreSlim Answered { get; } = new(0);

    /// <summary>A new session begins: numbers and tags too.</summary>
    public void Begin()
    {
        Seen = 0;
        _acknowledged = 0;
        Waiting.Clear();
    }

    /// <summary>Takes a connection that is bound.</summary>
    public void Take(Connection connection, CancellationToken cancel)
    {
        _connection = connection;
        _heard = history.Now;
        _reading = Read(connection, cancel);
    }

    public Task Write(Call call, CancellationToken cancel) => _connection!.Send(call.Line, call.Body, cancel);

    /// <summary>Cuts the connection without a word.</summary>
    /// <param name="half">A request of which only the first half goes out; null for none.</param>
    public async Task Cut(Call? half, bool isReset, CancellationToken cancel)
    {
        if (_connection is not { } connection)
            return;
        if (half is not null)
        {
            var octets = Connection.Octets(half.Line, half.Body);
            await connection.Send(octets.AsMemory(0, octets.Length / 2), cancel);
        }

        history.Disconnect(history.Now);
        connection.Cut(isReset);
        await _reading;
        scene.Count(half is null ? "cut" : "cut in a frame");
    }

    /// <summary>Acknowledges what was processed and not yet acknowledged.</summary>
    public async Task Acknowledge(CancellationToken cancel)
    {
        var seen = Seen;
        if (!IsUp || seen == Interlocked.Read(ref _acknowledged))
            return;
        Interlocked.Exchange(ref _acknowledged, seen);
        await _connection!.Send($"ACK #{seen}", "", cancel);
    }

    private async Task Read(Connection connection, CancellationToken cancel)
    {
        // The first frame must not be processed inside of Take.
        await Task.Yield();
        while (!connection.IsCut && await Next(connection, cancel) is { } frame)
        {
            _heard = history.Now;
            await Process(connection, WireLine.Parse(frame.Line), frame.Body, cancel);
        }

        if (!connection.IsCut)
            scene.Count("closed by the server");
        history.Disconnect(_heard);
        connection.Dispose();
        Answered.Release();
    }

    private async Task<WireFrame?> Next(Connection connection, CancellationToken cancel)
    {
        try
        {
            return await connection.Read(cancel);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (WireException exception)
        {
            history.Puzzle(exception.Message);
            return null;
        }
    }

    private async Task Process(Connection connection, WireLine line, byte[]? octets, CancellationToken cancel)
    {
        var body = Encoding.UTF8.GetString(octets ?? []);
        if (line.IsEvent)
            await Process(history.Tell(line, body), cancel);
        else if (line.Words[0] == "PING")
            await connection.Send($"200 {line.Words[1]} pong", "", cancel);
        else if (line.IsResponse)
            Process(line, body);
    }

    private async Task Process(Told told, CancellationToken cancel)
    {
        Seen = Math.Max(Seen, told.Number);
        scene.Count(told.Verb);
        if (told.Verb == "NOTIFY" && told["id"] is { } id && Held.TryGetValue(id, out var held))
        {
            if (told["state"] == "terminated")
                Held.TryRemove(id, out _);
            else if (told["ver"] is { } version)
                Held[id] = held with { Version = Math.Max(held.Version, long.Parse(version)) };
        }

        // Several at once now and then, but never late.
        if (Seen - _acknowledged >= 1 + (Seen % 3))
            await Acknowledge(cancel);
    }

    private void Process(WireLine line, string body)
    {
        scene.Count(line.Words[0]);
        if (line.Words[0][0] == '1' || !Waiting.TryRemove(long.Parse(line.Words[1]), out var call))
            return;
        call.Reply = Reply.Of(history.Now, line, body);
        Answered.Release();
    }
}
