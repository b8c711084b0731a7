using System.Text;
using Presence.Model.Access;
using Presence.Protocol.Bodies;

namespace Presence.Cli.Commands.Access;

/// <summary>Access lists as people write them: an entry a line; empty lines and # comments are passed over.</summary>
internal static class AclLines
{
    /// <returns>A body of type <c>text/pip-acl</c>, which is not empty.</returns>
    /// <exception cref="UsageException">A line is no entry, or there is none.</exception>
    public static ReadOnlyMemory<byte> Read(IReadOnlyList<string> lines)
    {
        var body = new StringBuilder();
        for (var number = 1; number <= lines.Count; number++)
        {
            var words = lines[number - 1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
                continue;

            var line = string.Join(' ', words) + "\r\n";
            if (!IsEntry(line))
            {
                throw new UsageException($"Line {number} is no entry: write 'EFFECT WHO RIGHTS [path=PATH]', "
                    + "such as 'allow bob@localhost read,sub'.");
            }

            body.Append(line);
        }

        return body.Length > 0
            ? Encoding.UTF8.GetBytes(body.ToString())
            : throw new UsageException("There is no entry; 'acl clear' takes a list away.");
    }

    private static bool IsEntry(string line) =>
        LineBodyReader.TryReadAll(Encoding.UTF8.GetBytes(line), 1, out var items, out _)
        && AccessEntry.Parse(items[0].First, items[0].Second, items[0].Third, items[0].Parameters["path"]) is not null;
}
