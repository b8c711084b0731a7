namespace Presence.Conversations.Tests.Node;

/// <summary>A node where messages wait for who is not there, two for each user.</summary>
public sealed class StoringNode : NodeUnderTest
{
    protected override IEnumerable<string> Settled => ["--Presence:Grains:MaxStored=2"];
}
