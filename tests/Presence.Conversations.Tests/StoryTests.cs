using Presence.Conversations.Tests.Node;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests;

/// <summary>
/// Every story below <c>Stories</c> is told to a real node over real sockets. Stories share the node and its clock, so
/// they are told one after the other.
/// </summary>
public sealed class StoryTests(NodeUnderTest node) : IClassFixture<NodeUnderTest>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Stories");

    public static IEnumerable<TheoryDataRow<string>> Stories() =>
        ConversationFile.All(Folder).Select(path =>
        {
            var row = new TheoryDataRow<string>(path);
            var ids = ConversationFile.Read(Folder, path).Conformance;
            return ids.Count == 0 ? row : row.WithTrait("Conformance", string.Join(' ', ids));
        });

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task The_node_keeps_to_the_story(string story)
    {
        await using var host = new StoryHost(node);
        await ConversationRunner.Run(
            ConversationFile.Read(Folder, story), host, TestContext.Current.CancellationToken);
    }
}
