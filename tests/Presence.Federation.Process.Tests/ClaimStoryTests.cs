using Presence.Federation.Process.Tests.Node;
using Presence.Testing.Conversations;

namespace Presence.Federation.Process.Tests;

/// <summary>
/// Three servers: that of a.example has a link to b.example, and people of c.example. Whether it may speak for them is asked of the
/// server that the DNS names for c.example.
/// </summary>
[Collection("two processes")]
public sealed class ClaimStoryTests(TwoProcesses domains)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Claims");

    [Fact, Trait("Conformance", "FED-03")]
    public async Task A_domain_without_a_certificate_on_the_link_is_proven_by_its_own_server()
    {
        await using var host = new ProcessHost(domains);
        await ConversationRunner.Run(
            ConversationFile.Read(Folder, ConversationFile.All(Folder).Single()), host, Patience,
            TestContext.Current.CancellationToken);
    }
}
