using Presence.Conversations.Tests.Domains;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests;

/// <summary>Every story below <c>Federation</c> is told to two nodes, each the home of one domain.</summary>
public sealed class FederationTests(TwoDomains domains) : IClassFixture<TwoDomains>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Federation");

    public static IEnumerable<TheoryDataRow<string>> Stories() =>
        ConversationFile.All(Folder).Select(path =>
        {
            var row = new TheoryDataRow<string>(path);
            var ids = ConversationFile.Read(Folder, path).Conformance;
            return ids.Count == 0 ? row : row.WithTrait("Conformance", string.Join(' ', ids));
        });

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Two_domains_keep_to_the_story(string story)
    {
        await using var host = new FederatedHost(domains);
        await ConversationRunner.Run(
            ConversationFile.Read(Folder, story), host, TestContext.Current.CancellationToken);
    }
}
