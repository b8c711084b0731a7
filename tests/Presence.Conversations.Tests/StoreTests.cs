using Presence.Conversations.Tests.Node;
using Presence.Conversations.Tests.Twins;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests;

/// <summary>The feature <c>store</c>, which is off by default: stories and twins below <c>Store</c> are told to a node that has it.</summary>
public sealed class StoreTests(StoringNode node) : IClassFixture<StoringNode>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Store");

    [Fact]
    public async Task A_message_waits_for_who_is_not_there()
    {
        await using var host = new StoryHost(node);
        await ConversationRunner.Run(
            ConversationFile.Read(Folder, "absent.conv"), host, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_was_shut_out_politely_cannot_tell_it_by_what_waits()
    {
        var twins = TwinStory.Read(Folder, "waiting.twin");
        var transcripts = new List<string>();
        foreach (var (_, told) in twins.Stories)
        {
            await using var host = new StoryHost(node);
            var observed = new ObservedHost(host, twins.Observer);
            await ConversationRunner.Run(told, observed, TestContext.Current.CancellationToken);
            transcripts.Add(observed.Transcript.Normalised());
        }

        Assert.Equal(transcripts[0], transcripts[1]);
        Assert.Contains("code=480", transcripts[0], StringComparison.Ordinal);
    }
}
