namespace Presence.WebConsole.Tests;

/// <summary>Tests that share the node; they run one after the other, since a browser is enough load for one
/// machine.</summary>
[CollectionDefinition(Name)]
public sealed class ConsoleNodeCollection : ICollectionFixture<ConsoleNode>
{
    public const string Name = "console node";
}
