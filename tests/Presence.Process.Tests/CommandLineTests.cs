using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>The command line against a real node, told where it is by the node's own configuration keys.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Users_are_added_listed_changed_and_removed_and_the_exit_code_tells_how_it_went()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path);

        await Expect(node, 0, "user", "add", "alice@localhost", "--password", "wonderland");
        await Expect(node, 5, "user", "add", "alice@localhost", "--password", "wonderland");
        await Expect(node, 0, "user", "add", "bob@localhost", "--password", "builder");
        Assert.Equal(["alice@localhost", "bob@localhost"], Lines(await Expect(node, 0, "user", "list")));

        await Expect(node, 0, "user", "passwd", "bob@localhost", "--password", "carpenter");
        await Expect(node, 4, "status", "--user", "bob@localhost", "--password", "builder");
        await Expect(node, 0, "status", "--user", "bob@localhost", "--password", "carpenter");

        await Expect(node, 0, "user", "remove", "bob@localhost");
        await Expect(node, 5, "user", "remove", "bob@localhost");
        Assert.Equal(["alice@localhost"], Lines(await Expect(node, 0, "user", "list")));
    }

    [Fact]
    public async Task A_list_of_users_is_imported_and_bad_lines_are_told_by_number()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path);
        var file = Path.Combine(folder.Path, "users.txt");
        await File.WriteAllLinesAsync(
            file, Enumerable.Range(1, 300).Select(i => $"user{i}@localhost secret{i}").Append("nobody@elsewhere.example x"));

        var output = await Expect(node, 1, "user", "import", file);
        Assert.Contains("300", output, StringComparison.Ordinal);
        Assert.Contains("301", output, StringComparison.Ordinal);
        Assert.Equal(300, Lines(await Expect(node, 0, "user", "list")).Length);
        await Expect(node, 0, "status", "--user", "user300@localhost", "--password", "secret300");
    }

    [Fact]
    public async Task Status_set_on_one_command_line_is_seen_by_a_watcher_on_another()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path, "--Presence:Sessions:PlainOnLoopback=true");
        await node.AddUser("alice@localhost", "wonderland");
        await node.AddUser("bob@localhost", "builder");
        using var bob = await LineClient.LogIn(node.Pip, "bob", "builder");
        Assert.StartsWith("200", await bob.Ask("APPROVE # ~ who=alice@localhost"), StringComparison.Ordinal);

        await Expect(node, 0, "status", "--set", "dnd", "--user", "bob@localhost", "--password", "builder");
        var seen = await Expect(
            node, 0, "watch", "bob@localhost", "--count", "1", "--user", "alice@localhost", "--password", "wonderland");
        Assert.Contains("dnd", seen, StringComparison.Ordinal);

        await Expect(node, 0, "send", "bob@localhost", "hello", "--user", "alice@localhost", "--password", "wonderland");
        while (await bob.ReadLine() is { } line)
        {
            if (line.StartsWith("MSG ", StringComparison.Ordinal))
                break;
        }

        Assert.Equal("hello", await bob.ReadLine());
    }

    private static async Task<string> Expect(NodeProcess node, int code, params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["Presence__Listeners__Pip"] = $"{node.Pip}",
            ["Presence__Listeners__Http"] = $"{node.Http}",
            ["Presence__Data"] = Path.Combine(node.Folder, "data"),
        };
        var client = Repository.Output("src/Presence.Cli", "Presence.Cli.dll");
        var (actual, output, errors) = await Script.Run("dotnet", [client, .. arguments], environment);
        Assert.True(
            actual == code, $"{string.Join(' ', arguments)} ended with {actual} and not {code}: {errors}{output}");
        return output + errors;
    }

    private static string[] Lines(string output) => output.TrimEnd().Split('\n');
}
