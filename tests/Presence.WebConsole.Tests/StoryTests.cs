using Presence.Process.Tests.Node;

namespace Presence.WebConsole.Tests;

/// <summary>
/// The pages in a real browser: Debian's Chromium without a window, driven by the stories in <c>browser/</c>.
/// </summary>
[Collection(ConsoleNodeCollection.Name)]
public sealed class StoryTests(ConsoleNode node, ITestOutputHelper output)
{
    // A browser beside other tests is slow; a story alone takes about ten seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Two_people_meet_in_the_console_talk_and_part()
    {
        await node.AddUser("alice@localhost", "wonderland");
        await node.AddUser("bob@localhost", "builder");
        await node.AddUser("carol@localhost", "sings-along");
        await Play("two-people.mjs");
    }

    [Fact]
    public async Task Who_loses_the_connection_comes_back_by_herself_and_is_told_what_may_be_missing()
    {
        await node.AddUser("erin@localhost", "wonderland");
        await node.AddUser("frank@localhost", "builder");
        await Play("lost-connection.mjs");
    }

    [Fact]
    public async Task Two_people_meet_by_the_sample_page()
    {
        await node.AddUser("grace@localhost", "wonderland");
        await node.AddUser("henry@localhost", "builder");
        await Play("sample.mjs");
    }

    [Fact]
    public async Task The_operator_sees_the_node_and_ends_a_session()
    {
        await node.AddUser("ivan@localhost", "wonderland");
        await Play("operator.mjs");
    }

    private async Task Play(string story)
    {
        var path = Path.Combine(Repository.Root, "tests/Presence.WebConsole.Tests/browser", story);
        var environment = new Dictionary<string, string>
        {
            ["PRESENCE_URL"] = node.Url,
            ["PRESENCE_TOKEN"] = node.Token,
            ["PRESENCE_BROWSER_MODULES"] = await BrowserModules.Install(),
            ["PRESENCE_PICTURES"] = Path.Combine(Repository.Root, "artifacts/browser/pictures"),
        };
        var (code, said, errors) = await Script.Run("node", [path], environment, Patience);
        output.WriteLine(said);
        Assert.True(code == 0, $"{story} ended with {code}: {errors}{said}");
    }
}
