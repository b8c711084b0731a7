using Presence.Testing.Wire;

namespace Presence.Soak.Histories;

/// <summary>Writes one client's history. Reader and writer of a connection may tell it something at once.</summary>
internal sealed class HistoryRecorder(string owner, RunClock clock)
{
    private readonly Lock _gate = new();
    private readonly List<Call> _calls = [];
    private readonly List<Told> _events = [];
    private readonly List<Sitting> _sittings = [];
    private readonly List<string> _garbage = [];

    public long Now => clock.Now;

    /// <summary>Number of the session that is open; -1 before the first.</summary>
    public int Sitting
    {
        get
        {
            lock (_gate)
                return _sittings.Count - 1;
        }
    }

    public void Ask(Call call)
    {
        lock (_gate)
            _calls.Add(call);
    }

    public Told Tell(WireLine line, string body)
    {
        var number = long.Parse(line.Words[1].AsSpan(1));
        lock (_gate)
        {
            var told = new Told(Now, _sittings.Count - 1, number, line["prev"] is { } prev ? long.Parse(prev) : number - 1,
                line.Words[0], line.Words.ElementAtOrDefault(2) ?? "", body) { With = line.Parameters };
            _events.Add(told);
            return told;
        }
    }

    public void Bind(long asked, string show)
    {
        lock (_gate)
        {
            var now = Now;
            _sittings.Add(new Sitting(_sittings.Count, show, asked, now, long.MaxValue, [new Span(now, long.MaxValue)]));
        }
    }

    public void Resume() => Change(sitting => sitting with { Connected = sitting.Connected.Add(new Span(Now, long.MaxValue)) });

    /// <summary>The server sent what is no frame.</summary>
    public void Puzzle(string what)
    {
        lock (_gate)
            _garbage.Add(what);
    }

    /// <param name="at">When the connection was last known to be there.</param>
    public void Disconnect(long at) => Change(sitting => sitting.Connected is [.., { To: long.MaxValue } open]
        ? sitting with { Connected = sitting.Connected.RemoveAt(sitting.Connected.Count - 1).Add(open with { To = at }) }
        : sitting);

    public void End() => Change(sitting => sitting.IsLast ? sitting with { Ended = Now } : sitting);

    public History Snapshot()
    {
        lock (_gate)
            return new History(owner, [.. _calls], [.. _events], [.. _sittings]) { Garbage = [.. _garbage] };
    }

    private void Change(Func<Sitting, Sitting> change)
    {
        lock (_gate)
        {
            if (_sittings.Count > 0)
                _sittings[^1] = change(_sittings[^1]);
        }
    }
}
