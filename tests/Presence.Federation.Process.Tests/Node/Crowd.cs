using System.Collections.Concurrent;
using System.Globalization;
using Presence.Soak.Checking;
using Presence.Soak.Clients;
using Presence.Soak.Histories;
using Presence.Soak.Wire;
using Presence.Testing;

namespace Presence.Federation.Process.Tests.Node;

/// <summary>
/// Users in a ring, every other one in the other domain: each watches both neighbours and writes to them. They keep
/// histories, as in the soak. Whoever has lost his session sends again what has no receipt, as a client should.
/// </summary>
internal sealed class Crowd : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly List<ClientDoor> _doors = [];
    private readonly List<SoakClient> _clients = [];
    private readonly ConcurrentDictionary<string, string> _shown = new(StringComparer.Ordinal);
    private readonly HashSet<(string From, string Mid, int Sitting)> _followed = [];
    private int _messages;

    /// <param name="domains">Where they live.</param>
    /// <param name="name">What their names begin with.</param>
    /// <param name="size">How many: an even number.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Crowd> Gather(TwoProcesses domains, string name, int size, CancellationToken cancel)
    {
        var crowd = new Crowd();
        DomainProcess[] homes = [domains.A, domains.B];
        var accounts = Enumerable.Range(0, size)
            .Select(i => new Account($"{name}{i}", $"secret{i}", homes[i % 2].Domain)).ToList();
        var clock = new RunClock(TimeProvider.System);
        foreach (var home in homes)
        {
            var door = new ClientDoor(home);
            crowd._doors.Add(door);
        }

        for (var i = 0; i < size; i++)
        {
            await homes[i % 2].AddUser(accounts[i].Address, accounts[i].Password);
            var scene = new Scene(crowd._doors[i % 2].End, homes[i % 2].Domain, accounts, [], Pause, clock);
            crowd._clients.Add(new SoakClient(scene, i, new SeededGenerator((ulong)i + 1)));
        }

        await crowd.Each(client => client.Settle(cancel));
        foreach (var step in Neighbours)
            await crowd.Each(client => crowd.Insist(client, "APPROVE", "~", [("who", crowd.After(client, step).Address)], cancel));
        foreach (var step in Neighbours)
        {
            await crowd.Each(client => crowd.Insist(
                client, "SUB", $"{crowd.After(client, step).Address}/status", [("id", $"w{step}"), ("expires", "86400")], cancel));
        }

        return crowd;
    }

    public string Counts => string.Join("  ", _clients.Select(client => client.Scene).Distinct()
        .SelectMany(scene => scene.Counts).GroupBy(pair => pair.Key, pair => pair.Value)
        .OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => $"{same.Key} {same.Sum()}"));

    /// <summary>Everybody shows something new and writes to a neighbour, again and again, with whatever comes of it.</summary>
    public async Task Talk(CancellationToken ending, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Pause);
        for (var round = 0; !ending.IsCancellationRequested; round++)
        {
            var step = Neighbours[round % Neighbours.Length];
            await Each(async client =>
            {
                await client.Post("SET", $"~/{Properties.EndpointStatus}", [("val", client.NextValue())], cancel);
                await Send(client, After(client, step).Address, $"m{Interlocked.Increment(ref _messages)}", cancel);
                await client.Acknowledge(cancel);
            });
            await timer.WaitForNextTickAsync(cancel);
        }
    }

    /// <summary>Everybody shows something new; gives how long it took until every neighbour knew.</summary>
    /// <exception cref="TimeoutException">Some did not know in time.</exception>
    public async Task<TimeSpan> Converge(TimeSpan limit, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Each(client => client.Settle(cancel));
        await Each(async client =>
        {
            var value = client.NextValue();
            await Insist(client, "SET", $"~/{Properties.EndpointStatus}", [("val", value)], cancel);
            _shown[client.Address] = value;
        });
        while (true)
        {
            await Each(client => client.Settle(cancel));
            var wrong = _clients.SelectMany(Wrong).ToList();
            var took = TimeProvider.System.GetElapsedTime(began);
            if (wrong.Count == 0)
                return took;
            if (took > limit)
                throw new TimeoutException(
                    $"After {took.TotalSeconds:0.0} s {wrong.Count} watchers are wrong: {string.Join("; ", wrong.Take(5))}");
            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }

    /// <summary>What is wrong with the histories, once nothing is missing any more that could still come.</summary>
    public async Task<IReadOnlyList<string>> Judge(TimeSpan limit, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Each(async client =>
        {
            await Insist(client, "GET", "~/status", [], cancel);
        });
        while (true)
        {
            await Each(client => client.Settle(cancel));
            await Each(client => client.Acknowledge(cancel));
            var histories = _clients.ConvertAll(client => client.Snapshot());
            await FollowUp(histories, cancel);
            var faults = HistoryChecker.Check(histories)
                .Select(violation => $"{violation.Rule}: {violation.What}\n    {string.Join("\n    ", violation.Excerpt)}")
                .Concat(Lost(histories)).ToList();
            if (faults.Count == 0 || TimeProvider.System.GetElapsedTime(began) > limit)
                return faults;
            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }

    /// <summary>Events that made somebody look away, or his values old.</summary>
    public IReadOnlyList<string> Flaps() =>
    [
        .. _clients.SelectMany(client => client.Snapshot().Events)
            .Where(told => told.Verb == "NOTIFY" && (told["val"] == "offline" || told["stale"] is not null))
            .Select(told => told.ToString()),
    ];

    /// <summary>How often something was asked, told and accepted; for the one who reads the test's output.</summary>
    public override string ToString()
    {
        var histories = _clients.ConvertAll(client => client.Snapshot());
        var accepted = new Evidence(histories).Sent.Count(sent => sent.IsAccepted);
        return $"{histories.Count} histories, {histories.Sum(history => history.Calls.Count)} requests, "
            + $"{histories.Sum(history => history.Events.Count)} events, {accepted} messages accepted";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors)
            await door.DisposeAsync();
    }

    private static int[] Neighbours { get; } = [1, -1];

    /// <summary>Stricter than the soak's M6: whatever was accepted came, or its sender was told that it has not.</summary>
    private static IEnumerable<string> Lost(List<History> histories)
    {
        var evidence = new Evidence(histories);
        return evidence.Sent.Where(sent => sent.IsAccepted
                && !evidence.ArrivedBy[(sent.From, sent.Mid, sent.To)].Any()
                && !evidence.Receipts[(sent.From, sent.Mid, sent.To)].Any(receipt => receipt["disp"] == "failed"))
            .Select(sent => $"lost: {sent.From} to {sent.To}, {sent.Call}");
    }

    private static Task<Call> Send(SoakClient client, string to, string mid, CancellationToken cancel) => client.Post(
        "SEND", to, [("mid", mid), ("type", "text/plain"), ("want", "delivered")], cancel, $"{mid} says hello");

    /// <summary>What was accepted in a session that is gone may be gone with it: it is sent again, once in each session.</summary>
    private async Task FollowUp(List<History> histories, CancellationToken cancel)
    {
        var evidence = new Evidence(histories);
        foreach (var client in _clients)
        {
            var now = evidence.Of(client.Address)!.Sittings.Count - 1;
            foreach (var sent in evidence.Sent.Where(sent => sent.From == client.Address && sent.Call.Sitting < now
                && !evidence.Receipts[(sent.From, sent.Mid, sent.To)].Any()).ToList())
            {
                if (_followed.Add((sent.From, sent.Mid, now)))
                    await Send(client, sent.To, sent.Mid, cancel);
            }
        }
    }

    private IEnumerable<string> Wrong(SoakClient client)
    {
        var told = client.Snapshot().Events
            .Where(e => e.Verb == "NOTIFY" && e["val"] is not null).ToLookup(e => e.Target);
        foreach (var step in Neighbours)
        {
            var watched = After(client, step);
            var last = told[$"{watched.Address}/status"]
                .OrderBy(e => long.Parse(e["ver"] ?? "0", CultureInfo.InvariantCulture)).LastOrDefault()?["val"];
            var right = _shown[watched.Address];
            if (last != right)
                yield return $"{client.Address} sees {watched.Address} as {last ?? "nothing"}, not {right}";
        }
    }

    /// <summary>Asks until it is done: what cannot be done in time of trouble may come again.</summary>
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

    private Task Each(Func<SoakClient, Task> step) => Task.WhenAll(_clients.Select(step));
}
