using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Presence.Bench.Links;
using Presence.Bench.Load;

namespace Presence.Bench.Pip;

/// <summary>
/// One client connection that carries lines. Whatever one read of the socket brought is acknowledged with one ACK, as
/// a client in a hurry does.
/// </summary>
internal sealed class PipLink : IDisposable
{
    private readonly Tally _tally;
    private readonly EventTaken? _events;
    private readonly IOctets _octets;
    private readonly Lock _sending = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<string>?> _open = new();
    private readonly byte[] _output = new byte[1024];
    private readonly LineSplitter.FrameTaken _taken;
    private long _tag;
    private long _heard;
    private long _acknowledged;
    private volatile bool _holdsAcknowledgements;
    private volatile bool _isQuitting;

    /// <param name="tally">Hears of answers that nobody waits for, refusals, and a connection that breaks.</param>
    /// <param name="domain">Name that a server is asked for over TLS.</param>
    public PipLink(Tally tally, string domain, Way way, EventTaken? events = null)
    {
        _tally = tally;
        _events = events;
        _taken = TakeFrame;
        _octets = way switch
        {
            Way.Clear => new Octets(Took, Break),
            Way.Tls => new TlsOctets(Took, Break, domain),
            Way.WebSocket => new WebSocketOctets(Took, Break),
            _ => throw new BenchException($"Lines do not go by {way}."),
        };
    }

    public delegate void EventTaken(WireLine line);

    /// <summary>True to leave it to <see cref="Acknowledge"/>.</summary>
    public bool HoldsAcknowledgements
    {
        get => _holdsAcknowledgements;
        set => _holdsAcknowledgements = value;
    }

    public async Task Connect(EndPoint server)
    {
        var greeting = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[0] = greeting;
        await _octets.Connect(server);
        await greeting.Task.WaitAsync(_tally.Patience, TimeProvider.System);
    }

    /// <summary>Sends a request and awaits its answer, as text.</summary>
    /// <exception cref="TimeoutException">None came while the patience lasted.</exception>
    public Task<string> Ask(string verb, string rest)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(verb, rest, answer);
        return answer.Task.WaitAsync(_tally.Patience, TimeProvider.System);
    }

    /// <exception cref="BenchException">The server refused.</exception>
    public async Task<string> Require(string verb, string rest)
    {
        var answer = await Ask(verb, rest);
        return answer.StartsWith('2')
            ? answer
            : throw new BenchException($"The server answered {verb} {rest} with {answer}");
    }

    /// <summary>Sends a request whose answer is only counted.</summary>
    public void Post(string verb, string rest) => Send(verb, rest, null);

    /// <summary>Takes leave; from here on the server may close.</summary>
    public Task Quit()
    {
        _isQuitting = true;
        return Require("QUIT", "");
    }

    /// <summary>
    /// Acknowledges what has come since the last time; nothing after QUIT: where the server has closed meanwhile, writing fails, and
    /// its answer would not be read any more. Called by one thread at a time.
    /// </summary>
    public void Acknowledge()
    {
        var heard = Volatile.Read(ref _heard);
        if (heard <= _acknowledged || _isQuitting)
            return;
        _acknowledged = heard;
        lock (_sending)
            Write($"ACK #{heard}\r\n");
    }

    public void Dispose()
    {
        _isQuitting = true;
        _octets.Dispose();
    }

    private void Send(string verb, string rest, TaskCompletionSource<string>? answer)
    {
        lock (_sending)
        {
            var tag = ++_tag;
            _open[tag] = answer;
            Write(rest.Length == 0 ? $"{verb} {tag}\r\n" : $"{verb} {tag} {rest}\r\n");
        }
    }

    private void Write(string text)
    {
        var octets = text.Length <= _output.Length / 3 ? _output : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = Encoding.UTF8.GetBytes(text, octets);
        _octets.Send(octets.AsSpan(0, length));
    }

    private int Took(ReadOnlySpan<byte> received)
    {
        var used = LineSplitter.Take(received, _taken);
        if (!_holdsAcknowledgements)
            Acknowledge();
        return used;
    }

    private void TakeFrame(WireLine line, ReadOnlySpan<byte> body)
    {
        if (line.IsResponse)
        {
            Answered(line);
        }
        else if (line.IsEvent)
        {
            Volatile.Write(ref _heard, line.Number);
            _events?.Invoke(line);
        }
        else if (line.Head.SequenceEqual("PING"u8))
        {
            lock (_sending)
                Write($"200 {line.Number} ok\r\n");
        }
    }

    private void Answered(WireLine line)
    {
        if (!_open.TryRemove(line.Number, out var answer))
            _tally.Stray();
        else if (answer is not null)
            answer.TrySetResult($"{Encoding.UTF8.GetString(line.Head)} {Encoding.UTF8.GetString(line.Rest)}");
        else if (!line.IsGood)
            _tally.Refused($"{Encoding.UTF8.GetString(line.Head)} {Encoding.UTF8.GetString(line.Rest)}");
    }

    private void Break(string why)
    {
        foreach (var answer in _open.Values)
            answer?.TrySetException(new BenchException($"A connection broke: {why}."));
        if (!_isQuitting)
            _tally.Broke();
    }
}
