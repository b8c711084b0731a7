using Presence.Testing.Wire;

namespace Presence.Conformance.Wire;

/// <content>What comes, in its order, and how long it is waited for.</content>
internal sealed partial class Link
{
    /// <summary>The next frame of any kind, null if it is late.</summary>
    public async Task<Frame?> Next(TimeSpan patience)
    {
        try
        {
            return await NextOrEnd(patience) ?? throw Failed("a frame", "the end of the connection");
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public async Task<Frame> Await(string what, Func<Frame, bool> where)
    {
        var found = _waiting.FindIndex(frame => where(frame));
        if (found >= 0)
        {
            var frame = _waiting[found];
            _waiting.RemoveAt(found);
            return frame;
        }

        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var next = await AwaitNext(what, _patience - TimeProvider.System.GetElapsedTime(began));
            if (where(next))
                return next;
            _waiting.Add(next);
        }
    }

    private async Task<Frame> AwaitNext(string what, TimeSpan patience)
    {
        try
        {
            return await NextOrEnd(patience) ?? throw Failed(what, $"the end of the connection{Unasked()}");
        }
        catch (TimeoutException)
        {
            throw Failed(what, $"nothing of the kind within {_patience.TotalSeconds:0.#} s{Unasked()}");
        }
    }

    private string Unasked() => _waiting.Count == 0 ? "" : $" (but {string.Join("; ", _waiting.TakeLast(3))})";

    /// <exception cref="TimeoutException">Nothing came.</exception>
    private async Task<Frame?> NextOrEnd(TimeSpan patience)
    {
        var limit = TimeSpan.FromTicks(Math.Max(patience.Ticks, TimeSpan.TicksPerMillisecond));
        while (true)
        {
            // A read that is given up would lose half a frame, so it goes on and the next caller takes it.
            _reading ??= Read();
            var raw = await _reading.WaitAsync(limit, TimeProvider.System, _stop);
            _reading = null;
            if (raw is null)
                return null;
            _transcript.Received(Label, raw);
            var frame = new Frame(raw, Salt);
            if (frame.First != "PING" || !AnswersPing)
                return frame;
            await Line($"200 {frame.Second} pong");
        }
    }

    private async Task<WireFrame?> Read()
    {
        try
        {
            return await _reader.Read(_stop);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or IOException)
        {
            return null;
        }
    }
}
