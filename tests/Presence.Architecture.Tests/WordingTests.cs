using Microsoft.CodeAnalysis.CSharp.Syntax;
using Presence.Architecture.Tests.Repository;

namespace Presence.Architecture.Tests;

/// <summary>What must not stand in the files of the project.</summary>
public sealed class WordingTests
{
    // Written in two halves, so that this file does not find itself.
    private static readonly string[] NotFinished = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception"];
    private static readonly string[] NotOfTheProject = ["../sha" + "red", "/wo" + "rk/"];

    private static readonly string[] TextFiles =
        [".cs", ".csproj", ".props", ".targets", ".md", ".json", ".yml", ".yaml", ".conv", ".sh", ".sql", ".sln"];

    [Fact]
    public void Code_is_finished() => Rule.HasNoBreach(
        from file in Checkout.Sources
        from line in file.Lines.Index()
        from word in NotFinished
        where HasWord(line.Item, word)
        select $"{file.Path}({line.Index + 1}): {word}");

    [Fact]
    public void No_file_speaks_of_places_outside_the_repository() => Rule.HasNoBreach(
        from path in Checkout.FilesWith(TextFiles)
        from line in File.ReadAllLines(path).Index()
        from place in NotOfTheProject
        where line.Item.Contains(place, StringComparison.Ordinal)
        select $"{Checkout.Below(path)}({line.Index + 1}): {place}");

    [Fact]
    public void No_test_is_skipped()
    {
        Rule.HasNoBreach(
            from file in Checkout.Sources
            from argument in file.All<AttributeArgumentSyntax>()
            where argument.NameEquals?.Name.Identifier.ValueText is "Skip" or "SkipWhen" or "SkipUnless" or "Explicit"
            select file.At(argument));
        Rule.HasNoBreach(
            from file in Checkout.Sources
            from call in file.All<MemberAccessExpressionSyntax>()
            where call.Name.Identifier.ValueText.StartsWith("Skip", StringComparison.Ordinal)
                && call.Expression.ToString() == "Assert"
            select file.At(call));
    }

    [Fact]
    public void A_warning_is_suppressed_with_its_reason_beside_it()
    {
        Rule.HasNoBreach(
            from file in Checkout.Sources
            from line in file.Lines.Index()
            where line.Item.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)
                && !line.Item.Contains("//", StringComparison.Ordinal)
                && !IsComment(file.Lines.ElementAtOrDefault(line.Index - 1))
            select $"{file.Path}({line.Index + 1})");
        Rule.HasNoBreach(
            from file in Checkout.Sources
            from attribute in file.All<AttributeSyntax>()
            where attribute.Name.ToString().EndsWith("SuppressMessage", StringComparison.Ordinal)
                && attribute.ArgumentList?.Arguments.Any(a => a.NameEquals?.Name.ToString() == "Justification") != true
            select file.At(attribute));
    }

    private static bool IsComment(string? line) =>
        line?.TrimStart().StartsWith("//", StringComparison.Ordinal) == true;

    private static bool HasWord(string line, string word)
    {
        for (var at = line.IndexOf(word, StringComparison.Ordinal); at >= 0;
            at = line.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (!IsLetter(line, at - 1) && !IsLetter(line, at + word.Length))
                return true;
        }

        return false;
    }

    private static bool IsLetter(string line, int at) => at >= 0 && at < line.Length && char.IsLetterOrDigit(line[at]);
}
