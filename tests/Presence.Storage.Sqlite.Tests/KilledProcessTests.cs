using System.Diagnostics;

namespace Presence.Storage.Sqlite.Tests;

public sealed class KilledProcessTests : IDisposable
{
    private const int KeysBeforeTheKill = 500;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(KeysBeforeTheKill)]
    public async Task Every_write_that_was_answered_outlives_kill_9(int keysBeforeTheKill)
    {
        var path = _folder.File("state.db");
        using var child = Start(path);
        var answered = new List<string>();
        while (answered.Count < keysBeforeTheKill && await child.StandardOutput.ReadLineAsync() is { } key)
            answered.Add(key);

        // SIGKILL on Unix. What the child had answered until then is still in the pipe.
        child.Kill();
        await child.WaitForExitAsync();
        var rest = await child.StandardOutput.ReadToEndAsync();
        answered.AddRange(rest.Split('\n')[..^1]);

        Assert.True(answered.Count >= keysBeforeTheKill, $"The child ended early, after {answered.Count} keys.");
        using var storage = await OpenStorage.At(path);
        foreach (var key in answered)
            Assert.Equal(key, (await storage.Read(key)).State!.Text);
    }

    private static Process Start(string path)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { typeof(KilledProcessTests).Assembly.Location, AcknowledgingChild.Verb, path },
        };
        return Process.Start(start)!;
    }
}
