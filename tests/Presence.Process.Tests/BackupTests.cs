using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>The commands of docs/operations/backup.md for a node with SQLite: a copy is taken while it runs, and put back.</summary>
public sealed class BackupTests
{
    private const string Plain = "--Presence:Sessions:PlainOnLoopback=true";
    private const string FewIterations = "--Presence:Accounts:Iterations=4096";

    [Fact]
    public async Task What_was_there_when_the_copy_was_taken_is_there_after_it_is_put_back_and_nothing_later()
    {
        using var folder = new TemporaryFolder();
        var copy = Path.Combine(folder.Path, "presence-backup.db");
        await using (var node = await NodeProcess.Start(folder.Path, Plain, FewIterations))
        {
            await node.AddUser("alice@localhost", "wonderland");
            await Note(node, "before");

            await Shell(folder.Path, "sqlite3 data/presence.db \".backup presence-backup.db\"");

            await Note(node, "after");
            await node.AddUser("bob@localhost", "builder");
            node.Terminate();
            Assert.Equal(0, await node.Exited());
        }

        Assert.True(File.Exists(copy));
        await Shell(folder.Path, "rm -f data/presence.db-wal data/presence.db-shm && cp presence-backup.db data/presence.db");
        await using var restored = await NodeProcess.Start(folder.Path, Plain, FewIterations);
        using var alice = await LineClient.LogIn(restored.Pip, "alice", "wonderland");

        Assert.Contains("val=before", await alice.Ask("GET # ~/note"), StringComparison.Ordinal);
        await restored.AddUser("bob@localhost", "builder");
    }

    private static async Task Note(NodeProcess node, string value)
    {
        using var alice = await LineClient.LogIn(node.Pip, "alice", "wonderland");
        Assert.StartsWith("200", await alice.Ask($"SET # ~/note val={value}"), StringComparison.Ordinal);
    }

    private static async Task Shell(string folder, string command)
    {
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-ec", command])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardError = true,
        })!;
        var errors = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, errors);
    }
}
