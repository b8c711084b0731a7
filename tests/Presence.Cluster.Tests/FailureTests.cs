using System.Globalization;
using System.Text;
using Presence.Cluster.Tests.Stores;

namespace Presence.Cluster.Tests;

/// <summary>Whatever one process does, all watchers are right soon, and no accepted message is lost or comes twice.</summary>
public sealed class FailureTests(ITestOutputHelper output)
{
    private readonly Scale _scale = Scale.Configured;
    private readonly StringBuilder _told = new();

    [Fact]
    public Task On_PostgreSQL_any_one_process_may_be_lost() => Run(new PostgreSql());

    [Fact]
    public Task On_Redis_any_one_process_may_be_lost() => Run(new Redis());

    private async Task Run(IStore store)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var cluster = await ClusterUnderTest.Start(store);
        var crowd = await Crowd.Gather(cluster, _scale.Clients, cancel);
        try
        {
            await Play(cluster, crowd, cancel);
        }
        catch (Exception)
        {
            Tell(cluster.Logs);
            throw;
        }

        var (histories, faults) = await crowd.Judge(_scale.Limit, cancel);
        var requests = histories.Sum(history => history.Calls.Count);
        Tell($"{histories.Count} histories, {requests} requests, {histories.Sum(history => history.Events.Count)} events");
        Tell(string.Join("  ", crowd.Counts.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.True(faults.Count == 0, $"{_told}\n{string.Join('\n', faults.Take(8))}\n{cluster.Logs}");
    }

    private async Task Play(ClusterUnderTest cluster, Crowd crowd, CancellationToken cancel)
    {
        await After("the start", crowd, () => Task.CompletedTask, cancel);
        await After("kill -9 of a silo", crowd, () => cluster.Silos[0].Kill(), cancel);
        await cluster.ReplaceSilo(0);
        await After("a restart of the store", crowd, cluster.Store.Restart, cancel);
        if (cluster.Store is PostgreSql || _scale.IsFull)
            await PlayOn(cluster, crowd, cancel);
    }

    /// <summary>What is the same whatever the store is.</summary>
    private async Task PlayOn(ClusterUnderTest cluster, Crowd crowd, CancellationToken cancel)
    {
        await After("kill -9 of a gateway", crowd, () => cluster.Gateways[0].Kill(), cancel);
        var gone = await crowd.SeeAbsenteeGo(_scale.Limit, cancel);
        Tell(string.Create(
            CultureInfo.InvariantCulture, $"who did not come back is offline {gone.TotalSeconds:0.0} s later"));
        await cluster.ReplaceGateway(0);
        await After("a silo that stands still", crowd, () => Freeze(cluster, 1), cancel);
        await cluster.Silos[1].Thaw();
        await After("its return", crowd, () => Task.CompletedTask, cancel);
        await cluster.Silos[1].DisposeAsync();
        await cluster.ReplaceSilo(1);
        for (var at = 0; at < (_scale.IsFull ? 2 : 1); at++)
        {
            var number = at;
            await After($"the renewal of silo {at}", crowd, () => Renew(cluster, number), cancel);
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

    /// <summary>Messages are on their way while it happens; then everybody shows something new.</summary>
    private async Task After(string what, Crowd crowd, Func<Task> happens, CancellationToken cancel)
    {
        await crowd.Write(cancel);
        await happens();
        await crowd.Write(cancel);
        try
        {
            var took = await crowd.Converge(_scale.Limit, cancel);
            Tell(string.Create(
                CultureInfo.InvariantCulture, $"{what}: every watcher right after {took.TotalSeconds:0.0} s"));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{_told}\nafter {what}: {late.Message}", late);
        }
    }

    private void Tell(string line)
    {
        output.WriteLine(line);
        _told.AppendLine(line);
    }
}
