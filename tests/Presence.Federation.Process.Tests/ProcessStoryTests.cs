using Presence.Federation.Process.Tests.Node;
using Presence.Testing.Conversations;

namespace Presence.Federation.Process.Tests;

/// <summary>
/// Every story of two domains is told to two processes that find each other by a real name server and have a network
/// between them.
/// </summary>
[Collection("two processes")]
public sealed class ProcessStoryTests(TwoProcesses domains)
{
    // Two slow machines, and real time: a step may have to wait for a look-up, a handshake and a poll.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Stories");

    public static IEnumerable<TheoryDataRow<string>> Stories() =>
        ConversationFile.All(Folder).Select(path => new TheoryDataRow<string>(path));

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Two_processes_keep_to_the_story(string story)
    {
        await using var host = new ProcessHost(domains);
        await ConversationRunner.Run(
            ConversationFile.Read(Folder, story), host, Patience, TestContext.Current.CancellationToken);
    }
}
