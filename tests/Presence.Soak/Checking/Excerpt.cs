using System.Globalization;
using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>Entries of several histories in the order of time, for people.</summary>
internal sealed class Excerpt
{
    private const int MostLines = 24;
    private readonly List<(long At, string Line)> _lines = [];

    public Excerpt Add(string owner, Call? call)
    {
        if (call is not null)
            _lines.Add((call.Asked, $"{Time(call.Asked)} {owner} s{call.Sitting} > {call}{(call.Reply is { } reply ? $" at {Time(reply.At)}" : "")}"));
        return this;
    }

    public Excerpt Add(string owner, params IEnumerable<Told> events)
    {
        foreach (var told in events)
            _lines.Add((told.At, $"{Time(told.At)} {owner} s{told.Sitting} < {told}"));
        return this;
    }

    /// <summary>The sessions of a user that touch this stretch of time.</summary>
    public Excerpt AddSittings(History? history, long from, long to)
    {
        foreach (var sitting in history?.Sittings.Where(sitting => sitting.Asked <= to && sitting.Ended >= from) ?? [])
        {
            var spans = sitting.Connected.Where(span => span.From <= to && span.To >= from)
                .Select(span => $"{Time(span.From)}–{(span.To == long.MaxValue ? "" : Time(span.To))}");
            _lines.Add((sitting.Asked, $"{Time(sitting.Asked)} {history!.Owner} s{sitting.Number} = bound {Time(sitting.Bound)}, "
                + $"connected {string.Join(", ", spans)}{(sitting.IsLast ? "" : $", ended {Time(sitting.Ended)}")}"));
        }

        return this;
    }

    /// <summary>What the owner decided about a user, up to then.</summary>
    public Excerpt AddDecisions(History owner, string peer, long to)
    {
        foreach (var call in owner.Calls.Where(call => call.Asked <= to && Decisions.About(peer, call) is not null).TakeLast(6))
            Add(owner.Owner, call);
        return this;
    }

    public IReadOnlyList<string> Lines => [.. _lines.OrderBy(line => line.At).Take(MostLines).Select(line => line.Line)];

    private static string Time(long at) =>
        TimeSpan.FromTicks(at).TotalSeconds.ToString("0.0000", CultureInfo.InvariantCulture);
}
