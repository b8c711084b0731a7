using System.Security.Cryptography;
using Presence.Soak.Checking;
using Presence.Soak.Clients;
using Presence.Soak.Histories;
using Presence.Soak.Node;
using Presence.Soak.Wire;
using Presence.Testing;
using Presence.Testing.Node;

namespace Presence.Soak;

/// <summary>Logs the clients in, lets them act, brings everything to rest and judges the histories.</summary>
internal sealed class SoakRun(SoakOptions options, TextWriter output)
{
    /// <summary>Logins at once, so that the beginning does not look like an attack.</summary>
    private const int LoginsAtOnce = 16;

    private static readonly string[] Listeners =
    [
        "Presence:Listeners:Pip=127.0.0.1:0", "Presence:Listeners:Pips=off", "Presence:Listeners:Udp=off",
        "Presence:Listeners:Http=127.0.0.1:0", "Presence:Listeners:Grpc=off", "Presence:Accounts:Iterations=4096",
    ];

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>How long what is still missing may take when nobody acts any more.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(45);

    /// <exception cref="SoakException">The run could not be carried out.</exception>
    public async Task<SoakResult> Run(CancellationToken cancel)
    {
        await using var node = options.Server is null ? await Start() : null;
        var run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
        var accounts = Enumerable.Range(0, options.Clients).Select(i => new Account($"soak{run}-{i}", $"secret-{i}", options.Domain)).ToList();
        await Administration.Import(
            options.Administration ?? node!.Administration, options.TokenFile ?? node!.TokenFile, accounts, cancel);
        var groups = Enumerable.Range(0, Math.Max(2, options.Clients / 16)).Select(i => $"room{run}-{i}@{options.Domain}").ToList();
        var scene = new Scene(options.Server ?? node!.Pip, options.Domain, accounts, groups, options.Pace, new RunClock(TimeProvider.System));
        var clients = accounts.Select((_, i) => new SoakClient(scene, i, new SeededGenerator((options.Seed * 1_000_003) + (ulong)i + 1))).ToList();
        var before = node?.ResidentMiB;
        await Act(scene, clients, cancel);
        var (histories, violations) = await Judge(clients, cancel);
        return new SoakResult(histories, violations, scene.Counts.ToDictionary(), before, node?.ResidentMiB);
    }

    /// <summary>A node with the limits that it has in the field.</summary>
    private async Task<NodeProcess> Start()
    {
        var assembly = options.Node ?? throw new SoakException("Name a server with --server, or a node with --node.");
        try
        {
            return await NodeProcess.Start(assembly, Listeners);
        }
        catch (IOException exception)
        {
            throw new SoakException(exception.Message);
        }
    }

    private async Task Act(Scene scene, List<SoakClient> clients, CancellationToken cancel)
    {
        var plans = clients.ConvertAll(client => new Plan(client));
        var few = new ParallelOptions { MaxDegreeOfParallelism = LoginsAtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(plans, few, async (plan, token) => await plan.Prepare(token));
        await output.WriteLineAsync($"{clients.Count} clients are in");
        using var stop = new CancellationTokenSource(options.Time, TimeProvider.System);
        using var beat = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var telling = Tell(scene, beat.Token);
        await Task.WhenAll(plans.Select(plan => plan.Run(stop.Token, cancel)));
        // Who still acts would disturb the last words of the others.
        await Task.WhenAll(clients.Select(client => client.Settle(cancel)));
        await Task.WhenAll(plans.Select(plan => plan.Close(cancel)));
        await beat.CancelAsync();
        await telling;
    }

    /// <summary>What is missing may still be on its way: it is waited for as long as anything is missing, but not for ever.</summary>
    private static async Task<(IReadOnlyList<History>, IReadOnlyList<Violation>)> Judge(List<SoakClient> clients, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            foreach (var client in clients)
                await client.Settle(cancel);
            foreach (var client in clients)
                await client.Acknowledge(cancel);
            List<History> histories = clients.ConvertAll(client => client.Snapshot());
            var violations = HistoryChecker.Check(histories);
            if (!violations.Any(violation => violation.MayCome) || TimeProvider.System.GetElapsedTime(began) > Rest)
                return (histories, violations);
            await Task.Delay(Glance, TimeProvider.System, cancel);
        }
    }

    private async Task Tell(Scene scene, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Beat, TimeProvider.System, stop);
                await output.WriteLineAsync($"{TimeSpan.FromTicks(scene.Clock.Now):mm\\:ss}  "
                    + string.Join("  ", ((string[])["SEND", "MSG", "RECEIPT", "SET", "NOTIFY", "cut", "cut in a frame", "RESUME 200", "BIND 200"])
                        .Select(name => $"{name} {scene.Counts.GetValueOrDefault(name)}")));
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
