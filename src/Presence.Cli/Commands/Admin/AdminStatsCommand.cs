using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Presence.Cli.Admin;
using Presence.Cli.Options;
using Presence.Cli.Output;

namespace Presence.Cli.Commands.Admin;

internal static class AdminStatsCommand
{
    public static Command Build(Surroundings surroundings) =>
        new Command("stats", "What the node holds now, and what it has counted since its start").RunsOn(
            surroundings, JsonOption.Create(), async (_, api, report, cancellation) =>
            {
                var answer = await api.Statistics(cancellation);
                var table = new Table();
                foreach (var (name, value) in Rows(answer))
                    table.Add([name, value], ("name", name), ("value", Json(value)));
                table.TellTo(report);
                return ExitCode.Ok;
            });

    private static IEnumerable<(string Name, string Value)> Rows(NodeReport node) =>
    [
        ("gateway", node.Gateway),
        ("started", AdminSessionsCommand.Time(node.Started)!),
        ("draining", node.IsDraining ? "yes" : "no"),
        ("connections", Plain(node.Connections)),
        ("sessions", Plain(node.Sessions)),
        ("parked", Plain(node.Parked)),
        ("users", Plain(node.Users)),
        ("watches", Plain(node.Watches)),
        ("queued-events", Plain(node.Queued.Events)),
        ("queued-unsent", Plain(node.Queued.Unsent)),
        ("queued-octets", Plain(node.Queued.Octets)),
        ("connections-opened", Plain(node.Counted.Connections)),
        ("requests", Plain(node.Counted.Requests)),
        ("refused", Plain(node.Counted.Refused)),
        ("failed", Plain(node.Counted.Failed)),
        ("batches", Plain(node.Counted.Batches)),
        ("notices", Plain(node.Counted.Notices)),
    ];

    private static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonNode Json(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : value;
}
