namespace Presence.Soak.Tests;

/// <summary>A real node under a few clients. Whatever they happen to do, nothing that the checker promises may be broken.</summary>
public sealed class SmallRunTests
{
    [Fact]
    public async Task Every_history_of_a_small_run_is_consistent()
    {
        var told = new StringWriter();
        var options = new SoakOptions(15, TimeSpan.FromSeconds(8), 20261122, TimeSpan.FromMilliseconds(250), Gateway());

        var result = await new SoakRun(options, told).Run(TestContext.Current.CancellationToken);

        Assert.True(result.Violations.Count == 0, $"{told}{result.Table()}");
    }

    private static string Gateway()
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Presence.Orleans.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "gateway", "bin", configuration, "net10.0", "Presence.Gateway.dll");
    }
}
