using Presence.Conversations.Tests.Domains;
using Presence.Conversations.Tests.Twins;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests;

/// <summary>
/// The twins of <see cref="IndistinguishabilityTests"/>, told across a link: who must not be able to tell lives in
/// b.example, everybody else in a.example.
/// </summary>
public sealed class DistantTwinTests(TwoDomains domains) : IClassFixture<TwoDomains>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Stories");

    public static IEnumerable<TheoryDataRow<string>> Twins() => TwinStory.All(Folder).Select(path =>
    {
        var ids = TwinStory.Read(Folder, path).Conformance;
        var row = new TheoryDataRow<string>(path);
        return ids.Count == 0 ? row : row.WithTrait("Conformance", string.Join(' ', ids));
    });

    [Theory]
    [MemberData(nameof(Twins))]
    public async Task Twins_cannot_be_told_apart_from_another_domain(string story)
    {
        var observer = TwinStory.Read(Folder, story).Observer;
        var twins = TwinStory.Read(Folder, story, line => Moved(line, observer));
        var transcripts = new List<string>();
        foreach (var (_, told) in twins.Stories)
        {
            await using var host = new FederatedHost(domains);
            var observed = new ObservedHost(new SettlingHost(host, observer), observer);
            await ConversationRunner.Run(told, observed, TestContext.Current.CancellationToken);
            transcripts.Add(observed.Transcript.Normalised());
        }

        Assert.Equal(transcripts[0], transcripts[1]);
        Assert.Contains("RECEIVED\n", transcripts[0], StringComparison.Ordinal);
        Assert.DoesNotContain(transcripts, transcript => transcript.EndsWith("RECEIVED\n", StringComparison.Ordinal));
    }

    private static string Moved(string line, string observer) => line
        .Replace($"{observer}@localhost", $"{observer}@{TwoDomains.B}", StringComparison.Ordinal)
        .Replace("@localhost", $"@{TwoDomains.A}", StringComparison.Ordinal)
        .Replace(" localhost ", $" {TwoDomains.A} ", StringComparison.Ordinal)
        .Replace("other.example", TwoDomains.A, StringComparison.Ordinal)
        .Replace($" {observer}:", $" {observer}@{TwoDomains.B}:", StringComparison.Ordinal);
}
