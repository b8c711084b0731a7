using System.Text.RegularExpressions;
using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>Plays the README's first conversation, as it stands there, against a node started as the README says.</summary>
public sealed partial class ReadmeTests
{
    private const string Switch = "--Presence:Sessions:PlainOnLoopback=true";

    [Fact]
    public async Task The_conversation_of_the_README_goes_as_it_is_printed()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        Assert.Contains($"./presence run {Switch}", readme, StringComparison.Ordinal);

        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path, Switch);
        foreach (Match user in UserAdd().Matches(readme))
            await node.AddUser(user.Groups["name"].Value, user.Groups["password"].Value);

        var clients = new Dictionary<string, LineClient>();
        var blocks = Blocks().Matches(readme);
        Assert.True(blocks.Count > 6, "The README has lost its conversation.");
        foreach (Match block in blocks)
        {
            var name = block.Groups["who"].Value;
            if (!clients.TryGetValue(name, out var client))
                clients[name] = client = await LineClient.Connect(node.Pip);
            await Play(client, block.Groups["kind"].Value, block.Groups["lines"].Value.TrimEnd('\n').Split('\n'));
        }

        foreach (var client in clients.Values)
            client.Dispose();
    }

    private static async Task Play(LineClient client, string kind, string[] lines)
    {
        foreach (var line in lines)
        {
            if (kind == "pip")
                await client.SendLine(line);
            else
                Assert.Matches("^" + Regex.Escape(line).Replace("…", ".*", StringComparison.Ordinal) + "$", await client.ReadLine());
        }
    }

    [GeneratedRegex(@"^```(?<kind>pip|answers) (?<who>\w+)\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"user add (?<name>\S+) --password (?<password>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserAdd();
}
