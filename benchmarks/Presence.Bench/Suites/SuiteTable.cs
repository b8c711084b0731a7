using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Presence.Bench.Suites;

/// <summary>What a suite found: Markdown for people, JSON for programs.</summary>
internal static class SuiteTable
{
    /// <param name="servers">Columns; the first is ours.</param>
    /// <param name="conditions">One line each, above the table.</param>
    public static string Markdown(
        IReadOnlyList<string> servers, IReadOnlyList<SuiteCell> cells, IReadOnlyList<string> conditions)
    {
        var text = new StringBuilder();
        foreach (var condition in conditions)
            text.Append("- ").Append(condition).Append('\n');
        text.Append("\n| Scenario | ").AppendJoin(" | ", servers).Append(" | node to best peer | node to limit | heats |\n");
        text.Append("|---|").Insert(text.Length, "---|", servers.Count + 3).Append('\n');
        foreach (var row in cells.GroupBy(cell => cell.Row))
        {
            var byServer = row.ToDictionary(cell => cell.Server, StringComparer.Ordinal);
            text.Append("| ").Append(row.Key.Title);
            foreach (var server in servers)
                text.Append(" | ").Append(Cell(byServer[server]));
            var peers = servers.Where(server => !SuiteCommand.IsNode(server) && server != Peers.Peer.Limit).ToList();
            text.Append(" | ").Append(Ratio(byServer, servers[0], peers));
            text.Append(" | ").Append(Ratio(byServer, servers[0], [.. servers.Where(server => server == Peers.Peer.Limit)]));
            text.Append(" | ").AppendJoin('/', servers.Select(server => byServer[server].Runs)).Append(" |\n");
        }

        return text.ToString();
    }

    public static string Json(IReadOnlyList<SuiteCell> cells, IReadOnlyList<string> conditions) => JsonSerializer.Serialize(new
    {
        conditions,
        cells = cells.Select(cell => new
        {
            scenario = cell.Row.Arguments,
            server = cell.Server,
            runs = cell.Runs,
            failed = cell.HasFailed,
            figure = cell.Row.Figure.Trim(),
            median = cell.Decisive,
            each = cell.Each,
            all = cell.All,
            spread = cell.Spread,
            beside = cell.Row.Beside.Zip(cell.Beside).ToDictionary(pair => pair.First.Trim(), pair => pair.Second),
        }),
    }) + "\n";

    private static string Cell(SuiteCell cell)
    {
        if (cell.Decisive is not { } decisive)
            return cell.HasFailed ? "**failed**" : "–";
        var text = string.Join(" / ", cell.Beside.Prepend(decisive).Select(value => value is { } known ? Short(known) : "–"));
        return cell.HasFailed ? $"{text} **(a run failed)**" : text;
    }

    /// <summary>How many times as good as the others, or as the one of them that comes nearest to us.</summary>
    private static string Ratio(
        Dictionary<string, SuiteCell> byServer, string node, IReadOnlyList<string> others) =>
        others.Min(other => byServer[node].TimesAsGoodAs(byServer[other])) is { } times
            ? times.ToString("0.00", CultureInfo.InvariantCulture) + " x"
            : "–";

    private static string Short(double value) => value switch
    {
        >= 1000 => Math.Round(value).ToString("# ##0", CultureInfo.InvariantCulture),
        >= 100 => Math.Round(value).ToString(CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
