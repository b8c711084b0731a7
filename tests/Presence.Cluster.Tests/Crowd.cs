using System.Collections.Concurrent;
using System.Globalization;
using Presence.Soak.Checking;
using Presence.Soak.Clients;
using Presence.Soak.Histories;
using Presence.Soak.Node;
using Presence.Soak.Wire;
using Presence.Testing;

namespace Presence.Cluster.Tests;

/// <summary>
/// Users in a ring, half of them at each gateway: each watches the next two and writes to them. They repeat what was
/// answered 503, find the other gateway when theirs is gone, and keep histories.
/// </summary>
internal sealed class Crowd
{
    private const int AtOnce = 128;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly List<SoakClient> _clients;
    private readonly Scene _scene;
    private readonly ConcurrentDictionary<string, string> _shown = new(StringComparer.Ordinal);
    private int _messages;

    private Crowd(Scene scene, IReadOnlyList<SoakClient> all)
    {
        _scene = scene;
        _clients = [.. all.SkipLast(1)];
        Absentee = new Absentee(all[^1], _clients[1], scene.Clock);
    }

    public Absentee Absentee { get; }

    public IReadOnlyDictionary<string, long> Counts => _scene.Counts;

    /// <param name="cluster">Where they go.</param>
    /// <param name="size">How many: an even number, so that who will be absent is at the first gateway.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Crowd> Gather(ClusterUnderTest cluster, int size, CancellationToken cancel)
    {
        var accounts = Enumerable.Range(0, size + 1)
            .Select(i => new Account($"user{i}", $"secret{i}", "localhost")).ToList();
        await Administration.Import(cluster.Administration, cluster.TokenFile, accounts, cancel);
        var scene = new Scene(cluster.Doors[0], "localhost", accounts, [], Pause, new RunClock(TimeProvider.System))
        {
            Others = [cluster.Doors[1]],
        };
        var crowd = new Crowd(
            scene, [.. accounts.Select((_, i) => new SoakClient(scene, i, new SeededGenerator((ulong)i + 1)))]);
        await crowd.Each(client => client.Settle(cancel), cancel);
        await crowd.Each(
            client => crowd.Insist(client, "APPROVE", "~", [("who", crowd.After(client, -1).Address)], cancel), cancel);
        await crowd.Each(
            client => crowd.Insist(client, "APPROVE", "~", [("who", crowd.After(client, -2).Address)], cancel), cancel);
        await crowd.Each(client => crowd.Watch(client, cancel), cancel);
        await crowd.Absentee.Client.Settle(cancel);
        await crowd.Insist(crowd.Absentee.Client, "APPROVE", "~", [("who", crowd._clients[1].Address)], cancel);
        await crowd.Insist(
            crowd._clients[1], "SUB", $"{crowd.Absentee.Client.Address}/status",
            [("id", Absentee.Subscription), ("expires", "86400")], cancel);
        return crowd;
    }

    /// <summary>Everybody writes to the next one, now; nobody waits for the answers.</summary>
    public Task Write(CancellationToken cancel) => Each(
        client => client.Post(
            "SEND", After(client, 1).Address,
            [("mid", $"m{Interlocked.Increment(ref _messages)}"), ("type", "text/plain"), ("want", "delivered")],
            cancel, "hello"), cancel);

    /// <summary>Everybody shows something new; gives how long it took until every watcher knew.</summary>
    /// <param name="began">Timestamp from which it counts.</param>
    /// <exception cref="TimeoutException">Some did not know in time.</exception>
    public async Task<TimeSpan> Converge(long began, TimeSpan limit, CancellationToken cancel)
    {
        await Each(
            async client =>
            {
                var value = client.NextValue();
                await Insist(client, "SET", $"~/{Properties.EndpointStatus}", [("val", value)], cancel);
                _shown[client.Address] = value;
            },
            cancel);
        while (true)
        {
            await Each(client => client.Settle(cancel), cancel);
            var wrong = _clients.SelectMany(Wrong).ToList();
            var took = TimeProvider.System.GetElapsedTime(began);
            if (took > limit)
                throw new TimeoutException(
                    $"After {took.TotalSeconds:0.0} s {wrong.Count} watchers are wrong: {string.Join("; ", wrong.Take(5))}");
            if (wrong.Count == 0)
                return took;
            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }

    /// <summary>All histories, once nothing is missing any more that could still come.</summary>
    public async Task<(IReadOnlyList<History> Histories, IReadOnlyList<string> Faults)> Judge(
        TimeSpan limit, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await Each(client => client.Settle(cancel), cancel);
            await Each(client => client.Acknowledge(cancel), cancel);
            List<History> histories = _clients.ConvertAll(client => client.Snapshot());
            var faults = HistoryChecker.Check(histories)
                .Select(violation => $"{violation.Rule}: {violation.What}\n    {string.Join("\n    ", violation.Excerpt)}")
                .Concat(Lost(histories)).ToList();
            if (faults.Count == 0 || TimeProvider.System.GetElapsedTime(began) > limit)
                return (histories, faults);
            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }

    /// <summary>Stricter than the soak's M6: whatever was accepted came, be it to a session that lived no longer.</summary>
    private static IEnumerable<string> Lost(List<History> histories)
    {
        var evidence = new Evidence(histories);
        return evidence.Sent.Where(sent => sent.IsAccepted
                && !evidence.ArrivedBy[(sent.From, sent.Mid, sent.To)].Any()
                && !evidence.Receipts[(sent.From, sent.Mid, sent.To)].Any(receipt => receipt["disp"] == "failed"))
            .Select(sent => $"lost: {sent.From} to {sent.To}, {sent.Call}");
    }

    private IEnumerable<string> Wrong(SoakClient client)
    {
        var told = client.Snapshot().Events
            .Where(e => e.Verb == "NOTIFY" && e["val"] is not null).ToLookup(e => e.Target);
        foreach (var watched in (SoakClient[])[After(client, 1), After(client, 2)])
        {
            var last = told[$"{watched.Address}/status"]
                .OrderBy(e => long.Parse(e["ver"] ?? "0", CultureInfo.InvariantCulture)).LastOrDefault()?["val"];
            if (last != _shown[watched.Address])
            {
                var right = _shown[watched.Address];
                yield return $"{client.Address} sees {watched.Address} as {last ?? "nothing"}, not {right}";
            }
        }
    }

    private async Task Watch(SoakClient client, CancellationToken cancel)
    {
        for (var step = 1; step <= 2; step++)
        {
            await Insist(
                client, "SUB", $"{After(client, step).Address}/status", [("id", $"w{step}"), ("expires", "86400")], cancel);
        }
    }

    /// <summary>Asks until it is done: a cluster in trouble says 503, and that one may come again.</summary>
    private async Task Insist(
        SoakClient client, string verb, string target, IReadOnlyList<(string, string)> with, CancellationToken cancel)
    {
        while (true)
        {
            var call = await client.Post(verb, target, with, cancel);
            await client.Settle(cancel);
            if (call.Reply?.IsDone == true)
                return;
            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }

    private SoakClient After(SoakClient client, int steps) =>
        _clients[(client.Index + steps + _clients.Count) % _clients.Count];

    private Task Each(Func<SoakClient, Task> step, CancellationToken cancel) => Parallel.ForEachAsync(
        _clients, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
        async (client, _) => await step(client));
}
