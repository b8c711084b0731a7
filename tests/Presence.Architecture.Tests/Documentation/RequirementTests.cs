using Presence.Architecture.Tests.Repository;

namespace Presence.Architecture.Tests.Documentation;

/// <summary>
/// docs/requirements.md tells of each requirement what shows it. That its links lead somewhere is the affair of
/// <see cref="LinkTests"/>.
/// </summary>
public sealed class RequirementTests
{
    private const int Last = 115;
    private const int Columns = 7;

    private static readonly string Page = Path.Combine(Checkout.Root, "docs/requirements.md");

    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Page).Where(line => line.StartsWith("| R", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells[0] != "R"),
    ];

    [Fact]
    public void Each_requirement_has_one_row_in_order() =>
        Assert.Equal(Enumerable.Range(1, Last).Select(number => $"R{number}"), Rows.Select(cells => cells[0]));

    [Fact]
    public void Each_row_names_what_shows_it_or_says_why_nothing_does() => Rule.HasNoBreach(
        from cells in Rows
        where cells.Length != Columns || !SaysSomething(cells[^1])
        select string.Join(" | ", cells));

    private static bool SaysSomething(string shownBy) =>
        shownBy.Contains("](../tests/", StringComparison.Ordinal)
        || shownBy.Contains("not built", StringComparison.Ordinal);
}
