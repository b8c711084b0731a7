using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Presence.Architecture.Tests.Repository;

namespace Presence.Architecture.Tests;

/// <summary>The budget of lines: what does not fit on a few screens is split.</summary>
public sealed class SizeTests
{
    private const int MaxMethod = 80;

    /// <summary>Tables of vectors, which are long because they are complete.</summary>
    private static readonly string[] Tables = [];

    [Fact]
    public void No_shipped_file_has_more_than_300_lines() =>
        Rule.HasNoBreach(Checkout.Shipped.Where(file => file.Lines.Length > 300).Select(Told));

    [Fact]
    public void Nine_of_ten_shipped_files_have_at_most_200_lines()
    {
        var long_ = Checkout.Shipped.Where(file => file.Lines.Length > 200).Select(Told).ToList();
        Assert.True(long_.Count * 10 <= Checkout.Shipped.Count(), string.Join('\n', long_));
    }

    [Fact]
    public void No_test_file_has_more_than_500_lines() => Rule.HasNoBreach(
        Checkout.Sources.Where(file => file.IsTest && file.Lines.Length > 500 && !Tables.Contains(file.Path)).Select(Told));

    [Fact]
    public void Every_table_on_the_list_is_there() =>
        Rule.HasNoBreach(Tables.Except(Checkout.Sources.Select(file => file.Path)));

    [Fact]
    public void No_method_has_more_than_80_lines() => Rule.HasNoBreach(
        from file in Checkout.Sources
        from node in file.All<SyntaxNode>()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
            or PropertyDeclarationSyntax { ExpressionBody: not null }
        let lines = LinesOf(node)
        where lines > MaxMethod
        select $"{file.At(node)}: {lines} lines");

    /// <summary>The method as written, without the comments above it.</summary>
    private static int LinesOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string Told(SourceFile file) => $"{file.Path}: {file.Lines.Length} lines";
}
