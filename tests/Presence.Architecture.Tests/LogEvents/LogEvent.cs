using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Presence.Architecture.Tests.Repository;

namespace Presence.Architecture.Tests.LogEvents;

/// <summary>One event that the service may log: as a source declares it, or as the documentation lists it.</summary>
internal sealed record LogEvent(int Id, string Level, string Project, string Text)
{
    /// <summary>All that <c>[LoggerMessage]</c> declares in what ships, with the place of each.</summary>
    public static IReadOnlyList<(LogEvent Event, string Place)> Declared { get; } =
    [
        .. from file in Checkout.Shipped
        from attribute in file.All<AttributeSyntax>()
        where attribute.Name.ToString() is "LoggerMessage" or "LoggerMessageAttribute"
        select (Read(file, attribute), file.At(attribute)),
    ];

    /// <summary>The row of docs/operations/log-events.md that stands for it, without the advice.</summary>
    public string Row => $"| {Id} | {Level} | {Project} | {Text} |";

    /// <summary>Null for a line that is no row of events.</summary>
    public static LogEvent? ReadRow(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        return cells.Length == 7 && int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new LogEvent(id, cells[2], cells[3], cells[4])
            : null;
    }

    private static LogEvent Read(SourceFile file, AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList!.Arguments;
        return new LogEvent(
            int.Parse(Argument("EventId", 0), CultureInfo.InvariantCulture),
            Argument("Level", 1).Replace("LogLevel.", "", StringComparison.Ordinal),
            ProjectOf(file.Path),
            string.Concat(Argument("Message", 2).Split('"').Where((_, index) => index % 2 == 1)));

        string Argument(string name, int position) =>
            (arguments.FirstOrDefault(a => NameOf(a).Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? arguments[position]).Expression.ToString();
    }

    private static string NameOf(AttributeArgumentSyntax argument) =>
        (argument.NameEquals?.Name ?? argument.NameColon?.Name)?.Identifier.ValueText ?? "";

    private static string ProjectOf(string path) => path.Split('/') is ["src", var project, ..]
        ? project.Replace("Presence.", "", StringComparison.Ordinal)
        : path.Split('/')[0];
}
