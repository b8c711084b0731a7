using System.Globalization;
using System.Text.Json.Nodes;
using Presence.Protocol.Bodies;

namespace Presence.Cli.Output;

/// <summary>Items of list bodies as members of JSON objects.</summary>
internal static class ItemMembers
{
    private static readonly string[] Numbers = ["ver", "n", "denied", "lease", "size"];

    /// <param name="name">Value of <c>event</c>.</param>
    /// <param name="first">Name of the member for the first word; the parameters keep theirs.</param>
    public static (string Name, JsonNode? Value)[] Of(string name, string first, LineItem item)
    {
        var members = new List<(string, JsonNode?)> { ("event", name), (first, item.First) };
        foreach (var parameter in item.Parameters)
            members.Add((parameter.Name, Value(parameter.Name, parameter.Value)));

        return [.. members];
    }

    private static JsonNode Value(string name, string text) =>
        Numbers.Contains(name) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : text;
}
