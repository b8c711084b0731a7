using Presence.Soak.Checking;
using Presence.Soak.Histories;
using Presence.Testing.Wire;

namespace Presence.Soak.Tests;

/// <summary>
/// Writes histories by hand, as lines of the wire: each request and each event is one tick later than the one before, and
/// everybody is bound and connected from the beginning.
/// </summary>
internal sealed class Story
{
    public const string Alice = "alice@localhost";
    public const string Bob = "bob@localhost";
    public const string Carol = "carol@localhost";

    private readonly Dictionary<string, List<Call>> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Told>> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sitting> _sittings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _garbage = [];
    private long _now = 10;

    public Story()
    {
        foreach (var name in (string[])[Alice, Bob, Carol])
        {
            _calls[name] = [];
            _events[name] = [];
            _sittings[name] = new Sitting(0, $"{name[0]}0", 0, 1, long.MaxValue, [new Span(1, long.MaxValue)]);
        }
    }

    /// <summary>A request, such as <c>SET ~/note val=a</c>, and at once its answer, such as <c>200 ok ver=1</c>; null for none.</summary>
    public Call Asks(string who, string request, string? answer, string body = "")
    {
        var call = Begins(who, request, body);
        if (answer is not null)
            Ends(call, answer);
        return call;
    }

    public Call Begins(string who, string request, string body = "")
    {
        var line = WireLine.Parse(request);
        var call = new Call(0, _calls[who].Count + 5, ++_now, line.Words[0], line.Words.ElementAtOrDefault(1) ?? "", body) { With = line.Parameters };
        _calls[who].Add(call);
        return call;
    }

    public void Ends(Call call, string answer, string body = "")
    {
        var line = WireLine.Parse(answer);
        call.Reply = new Reply(++_now, int.Parse(line.Words[0]), line.Words.ElementAtOrDefault(1) ?? "", line.Parameters, body);
    }

    /// <summary>An event, such as <c>NOTIFY bob@localhost/note id=n ver=1 val=a</c>, with the next number.</summary>
    /// <param name="number">Another number; 0 for the next.</param>
    public Told Gets(string who, string what, string body = "", long number = 0, long? prev = null)
    {
        var line = WireLine.Parse(what);
        number = number == 0 ? _numbers.GetValueOrDefault(who) + 1 : number;
        _numbers[who] = number;
        var told = new Told(++_now, 0, number, prev ?? number - 1, line.Words[0], line.Words[1], body) { With = line.Parameters };
        _events[who].Add(told);
        return told;
    }

    /// <summary>The connection brings what is no frame.</summary>
    public void GetsGarbage(string who) => _garbage.Add(who);

    /// <summary>The connection is gone for one tick.</summary>
    public Story IsAway(string who)
    {
        _sittings[who] = _sittings[who] with { Connected = [new Span(1, ++_now), new Span(_now + 2, long.MaxValue)] };
        return this;
    }

    /// <summary>Approves, so that presence may be seen and messages may come.</summary>
    public Story Approves(string owner, string who)
    {
        Asks(owner, $"APPROVE ~ who={who}", "200 ok ver=1");
        return this;
    }

    /// <summary>The names of the rules that are broken, in order.</summary>
    public string Broken => string.Join(' ', HistoryChecker.Check(
            [.. _calls.Keys.Select(who => new History(who, _calls[who], _events[who], [_sittings[who]])
            {
                Garbage = [.. _garbage.Where(name => name == who)],
            })])
        .Select(violation => violation.Rule).Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal));
}
