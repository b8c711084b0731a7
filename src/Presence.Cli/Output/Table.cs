using System.Text.Json.Nodes;

namespace Presence.Cli.Output;

/// <summary>Rows whose columns are aligned for people; for scripts each is an object.</summary>
internal sealed class Table
{
    private readonly List<(string[] Cells, (string, JsonNode?)[] Members)> _rows = [];

    public int Count => _rows.Count;

    /// <param name="cells">For people; null is an empty cell.</param>
    /// <param name="forScripts">Members whose value is null are left out.</param>
    public void Add(IEnumerable<string?> cells, params (string Name, JsonNode? Value)[] forScripts) =>
        _rows.Add(([.. cells.Select(cell => Visible.Text(cell ?? ""))], forScripts));

    public void TellTo(Report report)
    {
        var columns = _rows.Count == 0 ? 0 : _rows.Max(row => row.Cells.Length);
        var widths = Enumerable.Range(0, columns)
            .Select(column => _rows.Max(row => column < row.Cells.Length ? row.Cells[column].Length : 0)).ToArray();
        foreach (var (cells, members) in _rows)
        {
            var line = string.Join("  ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
            report.Tell($"{line}", members);
        }
    }
}
