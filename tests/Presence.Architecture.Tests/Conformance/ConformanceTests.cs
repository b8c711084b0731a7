using System.Text;
using System.Text.RegularExpressions;
using Presence.Architecture.Tests.Repository;

namespace Presence.Architecture.Tests.Conformance;

/// <summary>
/// Which statement of docs/protocol/conformance.md has a test. The page docs/protocol/coverage.md is derived from the
/// tests, so that it cannot claim more than they do.
/// </summary>
public sealed partial class ConformanceTests
{
    private static readonly string Page = Path.Combine(Checkout.Root, "docs/protocol/coverage.md");

    /// <summary>The runner's checks; a test runs those that need no long time against a node of this checkout.</summary>
    private const string RunnerFolder = "tests/Presence.Conformance/Checks/";

    [Fact]
    public void Every_id_that_a_test_names_is_a_statement_of_the_protocol() =>
        Assert.Empty(Covered().Keys.Except(Statements()));

    [Fact]
    public void The_page_on_coverage_says_what_the_tests_say()
    {
        var expected = Write();
        var isUpToDate = File.Exists(Page) && File.ReadAllText(Page) == expected;
        Assert.True(isUpToDate, "docs/protocol/coverage.md must read:\n\n" + expected);
    }

    private static string Write()
    {
        var covered = Covered();
        var statements = Statements();
        var text = new StringBuilder();
        text.Append("# Conformance coverage\n\n");
        text.Append("Derived from the tests by `Presence.Architecture.Tests`, which fails when it is out of date and prints it anew.\n");
        text.Append($"{statements.Count(covered.ContainsKey)} of {statements.Count} statements are named by a test.\n\n");
        text.Append("| Statement | Tests |\n|---|---|\n");
        foreach (var id in statements)
            text.Append($"| {id} | {(covered.TryGetValue(id, out var where) ? string.Join(", ", where) : "none yet")} |\n");
        return text.ToString();
    }

    private static List<string> Statements() =>
    [
        .. StatementRow().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs/protocol/conformance.md")))
            .Select(match => match.Groups["id"].Value),
    ];

    /// <summary>Statement → short names of the test classes and stories that name it.</summary>
    private static SortedDictionary<string, SortedSet<string>> Covered()
    {
        var covered = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var path in Checkout.FilesWith(".cs", ".conv", ".twin").Where(p => Checkout.Below(p).StartsWith("tests/", StringComparison.Ordinal)))
        {
            var (pattern, name) = Named(path);
            foreach (var id in pattern.Matches(File.ReadAllText(path)).SelectMany(m => m.Groups["ids"].Value.Split(' ')))
            {
                if (!covered.TryGetValue(id, out var names))
                    covered[id] = names = new SortedSet<string>(StringComparer.Ordinal);
                names.Add($"`{name}`");
            }
        }

        return covered;
    }

    /// <summary>How a file names statements, and what the page calls the file.</summary>
    private static (Regex Pattern, string Name) Named(string path) =>
        !path.EndsWith(".cs", StringComparison.Ordinal) ? (Story(), Checkout.Below(path).Split("Stories/")[^1])
        : Checkout.Below(path).StartsWith(RunnerFolder, StringComparison.Ordinal) ? (Check(), "./presence conformance")
        : (Trait(), Path.GetFileNameWithoutExtension(path));

    [GeneratedRegex(@"^\| (?<id>[A-Z]{3}-\d{2}) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StatementRow();

    [GeneratedRegex(@"Trait\(""Conformance"", ""(?<ids>[^""]+)""\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Trait();

    [GeneratedRegex(@"\[Check\(""(?<ids>[A-Z]{3}-\d{2})""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Check();

    [GeneratedRegex(@"^@conformance (?<ids>[A-Z0-9 -]+?)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Story();
}
