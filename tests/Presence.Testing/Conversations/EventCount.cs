using System.Globalization;
using Presence.Testing.Wire;

namespace Presence.Testing.Conversations;

/// <summary>
/// Checks on each connection that event numbers go up by one, or that a gap is declared: `prev` names an event
/// that has been seen (docs/protocol: events, acknowledgement, resumption).
/// </summary>
internal sealed class EventCount
{
    private long? _last;

    /// <exception cref="WireException">The number breaks the rule.</exception>
    public void Check(WireLine line)
    {
        if (!line.IsEvent)
            return;
        if (!Number(line.Words[1][1..], out var number))
            throw new WireException($"a bad event number: {line.Words[1]}");
        if (_last is { } last)
        {
            var previous = number - 1;
            if (line["prev"] is { } prev && !Number(prev, out previous))
                throw new WireException($"a bad prev: {prev}");
            if (number <= last || previous > last)
                throw new WireException($"event {line.Words[1]} after #{last} leaves an undeclared gap or goes back");
        }

        _last = number;
    }

    private static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
