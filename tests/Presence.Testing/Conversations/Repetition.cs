using System.Globalization;

namespace Presence.Testing.Conversations;

/// <summary>`for $n in 10..99` … `end`: the lines between, once for each number, with `$n` replaced.</summary>
internal static class Repetition
{
    private const int MostRounds = 10_000;

    public static List<SourceLine> Expand(string path, IReadOnlyList<SourceLine> lines)
    {
        var result = new List<SourceLine>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (!Opens(lines[i]) || Header(lines[i]) is not { } loop)
            {
                result.Add(lines[i]);
                continue;
            }

            var end = End(path, lines, i);
            var inner = lines.Skip(i + 1).Take(end - i - 1).ToList();
            for (var n = loop.First; n <= loop.Last; n++)
                result.AddRange(Expand(path, Round(inner, loop.Name, n)));
            i = end;
        }

        return result;

        (string Name, int First, int Last)? Header(SourceLine line) =>
            line.Text.StartsWith("for ", StringComparison.Ordinal) ? ParseHeader(path, line) : null;
    }

    private static (string Name, int First, int Last) ParseHeader(string path, SourceLine line)
    {
        var words = line.Text.Split(' ');
        var range = words.Length == 4 && words[2] == "in" ? words[3].Split("..") : [];
        if (range.Length == 2 && Variable.Whole(words[1]) is { } name
            && int.TryParse(range[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(range[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first <= last && last - first < MostRounds)
            return (name, first, last);
        throw new ConversationFormatException(path, line.Number, "write: for $n in 1..9");
    }

    private static List<SourceLine> Round(List<SourceLine> lines, string name, int n)
    {
        var number = n.ToString(CultureInfo.InvariantCulture);
        return lines.ConvertAll(line =>
            line with { Text = Variable.Replace(line.Text, found => found == name ? number : null) });
    }

    private static bool Opens(SourceLine line) =>
        line.Text == "any order" || line.Text.StartsWith("for ", StringComparison.Ordinal);

    private static int End(string path, IReadOnlyList<SourceLine> lines, int start)
    {
        var depth = 0;
        for (var i = start; i < lines.Count; i++)
        {
            if (Opens(lines[i]))
                depth++;
            else if (lines[i].Text == "end" && --depth == 0)
                return i;
        }

        throw new ConversationFormatException(path, lines[start].Number, "this block has no end");
    }
}
