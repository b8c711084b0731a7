using System.Globalization;
using System.Text;
using Presence.Cluster.Tests.Logs;
using Presence.Cluster.Tests.Stores;

namespace Presence.Cluster.Tests;

/// <summary>Whatever one process does, all watchers are right soon, and no accepted message is lost or comes twice.</summary>
public sealed class FailureTests(ITestOutputHelper output)
{
    // Enough that some meet each step of a silo that stops, which takes about half a second.
    private const int WritesMeanwhile = 20;
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMilliseconds(40);

    private readonly Scale _scale = Scale.Configured;
    private readonly StringBuilder _told = new();
    private Trouble _troubles;

    public static TheoryData<string> Stores => [.. Scale.Configured.Stores];

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Any_one_process_may_be_lost(string store) => Run(store switch
    {
        "PostgreSql" => new PostgreSql(),
        "Redis" => new Redis(),
        "AzureStorage" => new Azurite(),
        _ => throw new ArgumentOutOfRangeException(nameof(store), store, "There is no such store."),
    });

    private async Task Run(IStore store)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var cluster = await ClusterUnderTest.Start(
            store, _scale.Older is { } older ? new Processes.BuiltVersion(older) : Processes.BuiltVersion.Current);
        var crowd = await Crowd.Gather(cluster, _scale.Clients, cancel);
        try
        {
            await (_scale.Older is null ? Play(cluster, crowd, cancel) : Upgrade(cluster, crowd, cancel));
        }
        catch (Exception)
        {
            Tell(cluster.Logs);
            throw;
        }
        finally
        {
            Keep(store, cluster);
        }

        var (histories, faults) = await crowd.Judge(_scale.Limit, cancel);
        var requests = histories.Sum(history => history.Calls.Count);
        Tell($"{histories.Count} histories, {requests} requests, {histories.Sum(history => history.Events.Count)} events");
        Tell(string.Join("  ", crowd.Counts.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key} {pair.Value}")));
        foreach (var fault in faults.Take(8))
            Tell(fault);
        Assert.True(faults.Count == 0, $"{_told}\n{cluster.Logs}");
        var unaccounted = LogReview.Unaccounted(cluster.Logs, _troubles);
        Assert.True(unaccounted.Count == 0, $"{_told}\nnot accounted for in the logs:\n{string.Join('\n', unaccounted)}");
    }

    private async Task Play(ClusterUnderTest cluster, Crowd crowd, CancellationToken cancel)
    {
        await After("the start", Trouble.Load, crowd, () => Task.CompletedTask, cancel);
        await After("kill -9 of a silo", Trouble.SiloLost, crowd, () => cluster.Silos[0].Kill(), cancel);
        await cluster.ReplaceSilo(0);
        await After("a restart of the store", Trouble.StoreAway, crowd, cluster.Store.Restart, cancel);
        if (cluster.Store is PostgreSql || _scale.IsFull)
            await PlayOn(cluster, crowd, cancel);
    }

    /// <summary>As docs/operations/cluster.md says: the store, silos one at a time, gateways.</summary>
    private async Task Upgrade(ClusterUnderTest cluster, Crowd crowd, CancellationToken cancel)
    {
        await After("the start of the older version", Trouble.Load, crowd, () => Task.CompletedTask, cancel);
        cluster.Version = Processes.BuiltVersion.Current;
        await cluster.InitDatabase();
        await After("silo 0 of the newer one", Trouble.SiloStopped, crowd, () => Renew(cluster, 0), cancel);
        await After("silo 1 of the newer one", Trouble.SiloStopped, crowd, () => Renew(cluster, 1), cancel);
        await After("gateway 0 of the newer one", Trouble.GatewayLost, crowd, () => RenewGateway(cluster, 0), cancel);

        // Who leaves is at the other gateway, so he says so.
        await After("gateway 1 of the newer one", Trouble.Load, crowd, () => RenewGateway(cluster, 1), cancel);
    }

    /// <summary>What is the same whatever the store is.</summary>
    private async Task PlayOn(ClusterUnderTest cluster, Crowd crowd, CancellationToken cancel)
    {
        await After("kill -9 of a gateway", Trouble.GatewayLost, crowd, () => cluster.Gateways[0].Kill(), cancel);
        await cluster.ReplaceGateway(0);
        await After("a silo that stands still", Trouble.SiloFrozen, crowd, () => Freeze(cluster, 1), cancel);
        await cluster.Silos[1].Thaw();
        await After("its return", Trouble.SiloFrozen, crowd, () => Task.CompletedTask, cancel);
        await cluster.Silos[1].DisposeAsync();
        await cluster.ReplaceSilo(1);
        for (var at = 0; at < (_scale.IsFull ? 2 : 1); at++)
        {
            var number = at;
            await After($"the renewal of silo {at}", Trouble.SiloStopped, crowd, () => Renew(cluster, number), cancel);
        }
    }

    private async Task Freeze(ClusterUnderTest cluster, int silo)
    {
        await cluster.Silos[silo].Freeze();
        await Task.Delay(_scale.Frozen, TimeProvider.System);
    }

    private static async Task Renew(ClusterUnderTest cluster, int silo)
    {
        Assert.Equal(0, await cluster.Silos[silo].End());
        await cluster.ReplaceSilo(silo);
    }

    private static async Task RenewGateway(ClusterUnderTest cluster, int gateway)
    {
        Assert.Equal(0, await cluster.Gateways[gateway].End());
        await cluster.ReplaceGateway(gateway);
    }

    /// <summary>
    /// Messages are on their way while it happens, and one leaves; then everybody shows something new. Who loses his gateway
    /// leaves without a word.
    /// </summary>
    private async Task After(
        string what, Trouble trouble, Crowd crowd, Func<Task> happens, CancellationToken cancel)
    {
        _troubles |= trouble;
        var isGateway = trouble == Trouble.GatewayLost;
        try
        {
            await crowd.Absentee.Come(_scale.Limit, cancel);
            await crowd.Write(cancel);
            var happening = happens();
            for (var writes = 0; writes < WritesMeanwhile; writes++)
            {
                await crowd.Write(cancel);
                await Task.Delay(BetweenWrites, TimeProvider.System, cancel);
            }

            await happening;
            var began = TimeProvider.System.GetTimestamp();
            var leaving = crowd.Absentee.Leave(isWithoutAWord: isGateway, cancel);
            await crowd.Write(cancel);
            var took = await crowd.Converge(began, _scale.Limit, cancel);
            await leaving;
            var gone = await crowd.Absentee.Gone(isGateway ? _scale.Limit : 2 * _scale.Limit, cancel);
            Tell(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: watchers right after {took.TotalSeconds:0.0} s, who left offline after {gone.TotalSeconds:0.0} s"));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{_told}\nafter {what}: {late.Message}", late);
        }
    }

    private void Keep(IStore store, ClusterUnderTest cluster)
    {
        if (_scale.Logs is { } folder)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, $"{store.Kind}.log"), cluster.Logs);
    }

    private void Tell(string line)
    {
        output.WriteLine(line);
        _told.AppendLine(line);
    }
}
