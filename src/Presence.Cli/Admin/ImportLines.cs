using System.Runtime.CompilerServices;
using System.Text;

namespace Presence.Cli.Admin;

/// <summary>A line of an import file, counted from 1.</summary>
/// <param name="Fault">Why it is not worth sending; null for a good line.</param>
internal readonly record struct ImportLine(int Number, string Text, string? Fault)
{
    /// <summary>The first word, for reports; never the password.</summary>
    public string Address => Text.Split(' ', 2)[0];
}

/// <summary>
/// Reads <c>address password</c> lines. Empty lines and lines that begin with <c>#</c> are passed over. Memory stays
/// bounded whatever the file holds.
/// </summary>
internal static class ImportLines
{
    /// <summary>Longest line in UTF-16 units: an address of at most 509 octets and a password of 1 024.</summary>
    public const int MaxLength = 2048;

    public static async IAsyncEnumerable<ImportLine> Read(
        TextReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var buffer = new char[16384];
        var line = new StringBuilder();
        var number = 1;
        int count;
        while ((count = await reader.ReadAsync(buffer.AsMemory(), cancellation)) > 0)
        {
            for (var at = 0; at < count;)
            {
                var end = buffer.AsSpan(at, count - at).IndexOf('\n');
                var piece = buffer.AsSpan(at, end < 0 ? count - at : end);
                at += piece.Length + 1;

                // One more than the limit is kept, to know that the line was longer.
                line.Append(piece[..Math.Min(piece.Length, MaxLength + 1 - Math.Min(line.Length, MaxLength + 1))]);
                if (end < 0)
                    continue;

                if (Finish(line, number++) is { } complete)
                    yield return complete;
            }
        }

        if (Finish(line, number) is { } last)
            yield return last;
    }

    private static ImportLine? Finish(StringBuilder line, int number)
    {
        var text = line.ToString();
        line.Clear();
        if (text.Length > MaxLength)
            return new ImportLine(number, text[..64], "longer than 2048 characters");

        text = text.EndsWith('\r') ? text[..^1] : text;
        return text.Trim().Length == 0 || text[0] == '#' ? null : new ImportLine(number, text, Fault(text));
    }

    private static string? Fault(string text)
    {
        // What is not UTF-8 has been read as U+FFFD, which would silently become another password.
        if (text.Contains('\uFFFD'))
            return "not UTF-8";

        var space = text.IndexOf(' ');
        return space <= 0 || space == text.Length - 1 ? "not 'address password'" : null;
    }
}
