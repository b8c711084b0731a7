using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Presence.Bench.Load;

namespace Presence.Bench.Wire;

/// <summary>
/// One connection of the generator. What arrives is handled in the callback of the socket; only requests of the
/// set-up (<see cref="Ask"/>) cost a task. Answers to tags that are not open count as doubled, refusals as wrong.
/// </summary>
/// <param name="index">Number of the user in its scenario.</param>
internal sealed class PipLink(int index, Tally tally) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly LineSplitter _splitter = new();
    private readonly Lock _sending = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<string>?> _open = new();
    private readonly byte[] _output = new byte[1024];
    private LineSplitter.FrameTaken? _taken;
    private long _tag;
    private long _heard;
    private long _acknowledged;
    private volatile bool _isQuitting;
    private volatile bool _isClosed;

    public delegate void EventTaken(PipLink link, WireLine line);

    public int Index { get; } = index;

    /// <summary>Takes events; set before any can come.</summary>
    public EventTaken? Events { get; set; }

    public async Task Connect(EndPoint server)
    {
        await _socket.ConnectAsync(server);
        _open[0] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var greeting = _open[0]!.Task;
        _taken = TakeFrame;
        _receive.Completed += (_, _) => Continue();
        Receive();
        await greeting.WaitAsync(tally.Patience, TimeProvider.System);
    }

    /// <summary>Sends a request and awaits its answer, as text.</summary>
    /// <exception cref="TimeoutException">None came while the patience lasted.</exception>
    public Task<string> Ask(string verb, string rest)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(verb, rest, answer);
        return answer.Task.WaitAsync(tally.Patience, TimeProvider.System);
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

    public void Dispose()
    {
        _isClosed = true;
        _socket.Dispose();
        _receive.Dispose();
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
        _socket.Send(octets.AsSpan(0, length));
    }

    private void Receive()
    {
        do
            _splitter.Offer(_receive);
        while (!_socket.ReceiveAsync(_receive) && Took());
    }

    private void Continue()
    {
        try
        {
            if (!_isClosed && Took())
                Receive();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            Break(exception.Message);
        }
    }

    private bool Took()
    {
        if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
        {
            Break($"the server closed ({_receive.SocketError})");
            return false;
        }

        _splitter.Take(_receive.BytesTransferred, _taken!);
        if (_heard > _acknowledged)
        {
            _acknowledged = _heard;
            lock (_sending)
                Write($"ACK #{_heard}\r\n");
        }

        return !_isClosed;
    }

    private void TakeFrame(WireLine line, ReadOnlySpan<byte> body)
    {
        if (line.IsResponse)
        {
            Answered(line);
        }
        else if (line.IsEvent)
        {
            _heard = line.Number;
            Events?.Invoke(this, line);
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
            tally.Stray();
        else if (answer is not null)
            answer.TrySetResult($"{Encoding.UTF8.GetString(line.Head)} {Encoding.UTF8.GetString(line.Rest)}");
        else if (!line.IsGood)
            tally.Refused($"{Encoding.UTF8.GetString(line.Head)} {Encoding.UTF8.GetString(line.Rest)}");
    }

    private void Break(string why)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        foreach (var answer in _open.Values)
            answer?.TrySetException(new BenchException($"Connection {Index} broke: {why}."));
        if (!_isQuitting)
            tally.Broke();
    }
}
