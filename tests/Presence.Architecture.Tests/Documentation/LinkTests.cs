using System.Text.RegularExpressions;
using Presence.Architecture.Tests.Repository;

namespace Presence.Architecture.Tests.Documentation;

/// <summary>Links between the pages and files of the repository lead somewhere.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] Pages = [.. Checkout.FilesWith(".md").Order(StringComparer.Ordinal)];

    [Fact]
    public void Each_link_leads_to_a_file_or_folder() => Rule.HasNoBreach(
        from link in Links()
        where !Path.Exists(link.Target)
        select $"{Checkout.Below(link.Page)}: {link.Text}");

    [Fact]
    public void Each_link_into_a_page_leads_to_a_heading_of_it() => Rule.HasNoBreach(
        from link in Links()
        where link.Heading.Length > 0 && link.Target.EndsWith(".md", StringComparison.Ordinal) && File.Exists(link.Target)
            && !Headings(link.Target).Contains(link.Heading)
        select $"{Checkout.Below(link.Page)}: {link.Text}");

    private static IEnumerable<(string Page, string Text, string Target, string Heading)> Links() =>
        from page in Pages
        from match in Link().Matches(File.ReadAllText(page))
        let text = match.Groups["link"].Value
        let parts = text.Split('#', 2)
        select (page, text, Target(page, parts[0]), parts.Length > 1 ? parts[1] : "");

    private static string Target(string page, string file) =>
        file.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, file));

    /// <summary>As the usual renderers write them: lower case, spaces become hyphens, other signs fall away.</summary>
    private static HashSet<string> Headings(string page) =>
    [
        .. File.ReadLines(page).Where(line => line.StartsWith('#')).Select(line => string.Concat(
            line.TrimStart('#').Trim().Select(char.ToLowerInvariant)
                .Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')
                .Select(letter => letter == ' ' ? '-' : letter))),
    ];

    // What has a scheme leads out of the repository.
    [GeneratedRegex(@"\]\((?![a-z]+:)(?<link>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
