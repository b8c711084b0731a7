using System.Text;

namespace Presence.Testing.Conversations;

/// <summary>`$name`: a small letter, then letters and digits.</summary>
internal static class Variable
{
    /// <summary>Replaces each `$name` that <paramref name="value"/> knows and leaves the others.</summary>
    public static string Replace(string text, Func<string, string?> value)
    {
        var result = new StringBuilder();
        var rest = 0;
        foreach (var (start, name) in Find(text))
        {
            if (value(name) is not { } found)
                continue;
            result.Append(text, rest, start - rest).Append(found);
            rest = start + 1 + name.Length;
        }

        return result.Append(text, rest, text.Length - rest).ToString();
    }

    public static IEnumerable<string> Names(string text) => Find(text).Select(found => found.Name);

    /// <summary>The name when the whole text is `$name`, else null.</summary>
    public static string? Whole(string text)
    {
        foreach (var (start, name) in Find(text))
            return start == 0 && name.Length == text.Length - 1 ? name : null;
        return null;
    }

    private static IEnumerable<(int Start, string Name)> Find(string text)
    {
        for (var i = text.IndexOf('$', StringComparison.Ordinal); i >= 0; i = text.IndexOf('$', i + 1))
        {
            var end = i + 1;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
                end++;
            if (end > i + 1 && char.IsAsciiLetterLower(text[i + 1]))
                yield return (i, text[(i + 1)..end]);
        }
    }
}
