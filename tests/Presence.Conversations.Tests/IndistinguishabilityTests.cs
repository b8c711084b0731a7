using Presence.Conversations.Tests.Node;
using Presence.Conversations.Tests.Twins;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests;

/// <summary>
/// Who is blocked politely must not be able to tell it from a user who has logged out, nor a stranger an unknown address from
/// a user with default settings: each pair of twin stories gives its observer the same octets, over text and over gRPC.
/// </summary>
public sealed class IndistinguishabilityTests(NodeUnderTest node) : IClassFixture<NodeUnderTest>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Stories");

    public static IEnumerable<TheoryDataRow<string, string>> Twins() => TwinStory.All(Folder).SelectMany(path =>
    {
        var ids = TwinStory.Read(Folder, path).Conformance;
        return new[] { "", "grpc" }.Select(carrier => new TheoryDataRow<string, string>(path, carrier)).Select(row =>
            ids.Count == 0 ? row : row.WithTrait("Conformance", string.Join(' ', ids)));
    });

    [Theory]
    [MemberData(nameof(Twins))]
    public async Task Twins_cannot_be_told_apart(string story, string carrier)
    {
        var twins = TwinStory.Read(Folder, story);
        var transcripts = new List<string>();
        foreach (var (_, told) in twins.Stories)
        {
            await using var host = new StoryHost(node) { Carrier = who => who == twins.Observer ? carrier : "" };
            var observed = new ObservedHost(host, twins.Observer);
            await ConversationRunner.Run(told, observed, TestContext.Current.CancellationToken);
            transcripts.Add(observed.Transcript.Normalised());
        }

        Assert.Equal(transcripts[0], transcripts[1]);
        Assert.Contains("RECEIVED\n", transcripts[0], StringComparison.Ordinal);
        Assert.DoesNotContain(transcripts, transcript => transcript.EndsWith("RECEIVED\n", StringComparison.Ordinal));
    }
}
