using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Presence.Architecture.Tests.Repository;

/// <summary>One C# file, as text and as syntax.</summary>
internal sealed class SourceFile(string path)
{
    private readonly Lazy<SyntaxNode> _syntax = new(() => CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot());

    /// <summary>Below the root of the repository, with forward slashes.</summary>
    public string Path { get; } = Checkout.Below(path);

    public string[] Lines { get; } = File.ReadAllLines(path);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    public IEnumerable<T> All<T>()
        where T : SyntaxNode => _syntax.Value.DescendantNodes().OfType<T>();

    /// <summary>File and line of a place in it, as compilers write it.</summary>
    public string At(SyntaxNode node) => $"{Path}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1})";
}
