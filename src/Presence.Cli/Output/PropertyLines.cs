using System.Text;
using Presence.Client;
using Presence.Model.Addresses;
using Presence.Protocol.Bodies;

namespace Presence.Cli.Output;

/// <summary>How properties look: one by itself, or those of a container as a table.</summary>
internal static class PropertyLines
{
    private const string ListType = "text/pip-props";

    public static void TellProperties(this Report report, Place place, ServerAnswer answer)
    {
        if (answer.Parameters["type"] == ListType)
            TableOf(place, answer).TellTo(report);
        else
            report.TellProperty(place, answer);
    }

    private static Table TableOf(Place place, ServerAnswer answer)
    {
        var table = new Table();
        foreach (var item in answer.Items())
        {
            table.Add([item.First, Value(item), item.Parameters["t"]],
                [.. ItemMembers.Of("property", "path", item), ("place", place.ToString())]);
        }

        return table;
    }

    private static string? Value(LineItem item) => item.Parameters["val"]
        ?? (item.Parameters["type"] is { } type ? $"({type}, {item.Parameters["size"]} octets)" : null);

    private static void TellProperty(this Report report, Place place, ServerAnswer answer)
    {
        var parameters = answer.Parameters;
        var type = answer.Body is null ? null : parameters["type"] ?? "text/plain";
        var text = parameters["val"] ?? Text(type, answer.Body);
        var lease = parameters["lease"] is { } seconds ? $", for {seconds} s more" : "";
        report.TellText(
            $"{place}, version {answer.Version}, {EventLines.Clock(answer.Time)}{lease}:",
            text ?? $"({type}, {answer.Body?.Length ?? 0} octets)",
            ("event", "property"), ("place", place.ToString()), ("value", text), ("type", type),
            ("octets", answer.Body?.Length), ("version", answer.Version), ("lease", answer.Number("lease")),
            ("default", parameters["default"]), ("lang", parameters["lang"]), ("time", EventLines.Wire(answer.Time)));
    }

    private static string? Text(string? type, ReadOnlyMemory<byte>? body) =>
        body is { } octets && type?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) == true
            ? Encoding.UTF8.GetString(octets.Span)
            : null;
}
