using Presence.Conversations.Tests.Node;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests;

/// <summary>The worked exchanges once more, everybody over gRPC: a session is the same over each carrier.</summary>
public sealed class CarrierTests(NodeUnderTest node) : IClassFixture<NodeUnderTest>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Stories");

    // Octets that are no frames, or a carrier of the story's own.
    private static readonly string[] OnlyOnTheirOwn = ["exchanges/e02b-netcat.conv", "exchanges/e14-errors.conv"];

    public static TheoryData<string> Exchanges() => [.. ConversationFile.All(Folder).Where(path =>
        path.StartsWith("exchanges/", StringComparison.Ordinal) && !OnlyOnTheirOwn.Contains(path))];

    [Theory]
    [MemberData(nameof(Exchanges))]
    [Trait("Conformance", "UDP-10")]
    public async Task An_exchange_is_the_same_over_gRPC(string story)
    {
        await using var host = new StoryHost(node) { Carrier = _ => "grpc" };
        await ConversationRunner.Run(
            ConversationFile.Read(Folder, story), host, TestContext.Current.CancellationToken);
    }
}
