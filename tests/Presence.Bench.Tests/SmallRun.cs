using Presence.Bench.Limit;
using Presence.Bench.Scenarios;

namespace Presence.Bench.Tests;

/// <summary>One scenario at a size that takes no time; gives exit code and table.</summary>
internal static class SmallRun
{
    /// <summary>Every scenario, small.</summary>
    public static readonly TheoryData<string> Scenarios =
    [
        "login --logins 20",
        "idle --connections 20 --seconds 1",
        "fanout --presentities 4 --watchers 3 --changes 5",
        "fanout --presentities 4 --watchers 3 --seconds 1",
        "paced --presentities 4 --watchers 3 --rate 120 --seconds 1",
        "im --pairs 3 --messages 8",
        "im --pairs 3 --receipts --seconds 1",
        "group --members 6 --authors 2 --messages 4",
        "storm --users 7 --contacts 4",
        "mixed --users 7 --contacts 4 --seconds 5",
        "subscribe --owners 4 --watchers 3",
        "flood --pairs 3 --rate 60 --seconds 1 --rounds 1 --flooders 2 --flood 500 --factor 1000000",
    ];

    public static async Task<(int Code, string Table)> AgainstLimit(string scenario, Damage damage)
    {
        using var server = new LimitServer(damage);
        return await Run($"{scenario} --server {server.Start(0)} --patience 1");
    }

    /// <summary>In two heats.</summary>
    public static async Task<(int Code, string Told)> InHeatsAgainstLimit(string scenario, Damage damage)
    {
        using var server = new LimitServer(damage);
        return await Run($"{scenario} --heats --server {server.Start(0)} --patience 1", $"{Heats.Go}\n{Heats.Go}\n");
    }

    public static Task<(int Code, string Table)> AgainstNode(string scenario) =>
        Run($"{scenario} --start --node {NodeAssembly} --patience 30");

    public static async Task<(int Code, string Table)> Run(string arguments, string input = "")
    {
        var words = arguments.Split(' ');
        using var output = new StringWriter();
        using var commands = new StringReader(input);
        var code = await new BenchCommand(output, TextWriter.Null, commands).Run(words[0], BenchOptions.Parse(words[1..]));
        return (code, output.ToString());
    }

    private static string NodeAssembly
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            var output = Path.Combine("bin", folder.Parent!.Name, folder.Name);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Presence.Orleans.sln")))
                folder = folder.Parent;
            return Path.Combine(folder!.FullName, "gateway", output, "Presence.Gateway.dll");
        }
    }
}
