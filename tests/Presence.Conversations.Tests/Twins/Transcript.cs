using System.Text;
using System.Text.RegularExpressions;

namespace Presence.Conversations.Tests.Twins;

/// <summary>All octets of one actor's connections, both ways, with what may differ replaced by its order of appearance.</summary>
internal sealed partial class Transcript
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    public void Add(char sign, ReadOnlySpan<byte> octets)
    {
        lock (_lock)
            _text.Append(sign).Append(Encoding.Latin1.GetString(octets));
    }

    /// <summary>
    /// What came after BIND, in the order sent and in the order received. The two orders are apart, for how reads fall on the socket is
    /// chance.
    /// </summary>
    public string Normalised()
    {
        string text;
        lock (_lock)
            text = _text.ToString();
        var sent = Joined(text, '>');
        var received = Joined(text, '<');
        return "SENT\n" + Ranked(Tail(sent, "BIND ")) + "\nRECEIVED\n" + Ranked(Tail(received, " ok ep="));
    }

    public const char Sent = '\u2192';
    public const char Received = '\u2190';

    private static string Joined(string text, char direction)
    {
        var wanted = direction == '>' ? Sent : Received;
        return string.Concat(text.Split(Sent, Received).Skip(1)
            .Zip(text.Where(c => c is Sent or Received), (part, sign) => sign == wanted ? part : ""));
    }

    private static string Tail(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        var end = at < 0 ? -1 : text.IndexOf('\n', at);
        return end < 0 ? text : text[(end + 1)..];
    }

    /// <summary>Versions and times by rank: equal stays equal, earlier stays earlier, and nothing else is told.</summary>
    private static string Ranked(string text)
    {
        text = Random().Replace(text, "${name}=*");
        foreach (var pattern in new[] { Version(), Time() })
        {
            var ranks = pattern.Matches(text).Select(m => m.Value).Distinct()
                .OrderBy(value => value.Length).ThenBy(value => value, StringComparer.Ordinal)
                .Select((value, rank) => (value, rank)).ToDictionary(pair => pair.value, pair => pair.rank);
            text = pattern.Replace(text, match => $"{match.Value[..(match.Value.IndexOf('=', StringComparison.Ordinal) + 1)]}#{ranks[match.Value]}");
        }

        return text;
    }

    [GeneratedRegex(@"(?<= )(ver|if-not)=[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();

    [GeneratedRegex(@"(?<= )(?<name>data|sid|key|time|salt|nonce|id=gw)[=-][^ \r\n]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Random();

    [GeneratedRegex(@"(?<= )(t|since|last)=[0-9T:.Z-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();
}
