using System.Diagnostics;
using System.Globalization;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;
using Presence.Storage.Sqlite;

namespace Presence.Grains.Tests.Subscriptions;

/// <summary>
/// Somebody whom more watch than stand in one record, half of them at each of two gateways. With PRESENCE_WATCHED_BY=100000 it is as many,
/// and what it prints is a measurement (benchmarks/README.md).
/// </summary>
public sealed class CrowdedNodeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int AtOnce = 64;

    private static readonly int Watchers = int.Parse(
        Environment.GetEnvironmentVariable("PRESENCE_WATCHED_BY") ?? "600", CultureInfo.InvariantCulture);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-crowded-");
    private PresenceSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await PresenceSilo.Start(silo => silo.AddSqliteGrainStorage(
        PresenceGrainsExtensions.StorageName, storage => storage.Path = Path.Combine(_folder.FullName, "presence.db")));

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_change_crosses_once_to_each_gateway_however_many_watch_there()
    {
        var owner = await _silo.NewPerson();
        await using var first = await _silo.NewGateway();
        await using var second = await _silo.NewGateway();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Watchers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
            await owner.Watchers.Put(Watching(number), (number % 2 == 0 ? first : second).Route));
        Tell($"{Watchers} subscriptions stored", began);
        Tell($"memory of all: {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / 1024:0.0} MiB");

        await Reaches("a change", "tea");
        await _silo.Deactivate(owner.Watchers);
        began = Stopwatch.GetTimestamp();
        Assert.Equal(Watchers, (await owner.Watchers.List()).Length);
        Tell("read from the store, and listed", began);

        // Routes are in memory: the gateways attach their watchers again.
        began = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Watchers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
            await owner.Watchers.Attach(Watcher(number), (number % 2 == 0 ? first : second).Route));
        Tell("attached again", began);
        await Reaches("a change after that", "coffee");

        async Task Reaches(string what, string value)
        {
            var (toFirst, toSecond) = (first.Batches.All.Count, second.Batches.All.Count);
            began = Stopwatch.GetTimestamp();
            await owner.Set("note", value);
            _silo.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAll(
                first.Change(owner.Address, PropertyPath.Parse("note"), value), second.Change(owner.Address, PropertyPath.Parse("note"), value));
            Tell($"{what} at both gateways", began);
            Assert.Equal((toFirst + 1, toSecond + 1), (first.Batches.All.Count, second.Batches.All.Count));
        }
    }

    private void Tell(string what, long since) => Tell(string.Create(
        CultureInfo.InvariantCulture, $"{what}: {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms"));

    private void Tell(string line) => output.WriteLine(line);

    private static Address Watcher(int number) =>
        Address.Parse(string.Create(CultureInfo.InvariantCulture, $"watcher{number}@a.example"));

    private Subscription Watching(int number) => new(
        Watcher(number), "w", PropertyPath.Root, SubscriptionState.Active, _silo.Now, _silo.Now + TimeSpan.FromDays(1),
        IsSessionBound: false, SubscriptionState.Active);
}
