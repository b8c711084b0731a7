using System.Globalization;
using Presence.Process.Tests.Node;
using Presence.Testing;

namespace Presence.Process.Tests;

/// <summary>What was answered is there after a <c>kill -9</c>, whenever it comes.</summary>
public sealed class CrashTests
{
    private const int Rounds = 10;
    private const int Writers = 150;
    private const int Subscribers = 50;
    private const string Plain = "--Presence:Sessions:PlainOnLoopback=true";
    private const string FewIterations = "--Presence:Accounts:Iterations=4096";

    [Fact]
    public async Task Ten_kills_in_the_middle_of_200_concurrent_durable_changes_lose_nothing_that_was_answered()
    {
        var generator = new SeededGenerator(20261122);
        using var folder = new TemporaryFolder();
        var answered = new Answered();
        for (var round = 1; round <= Rounds; round++)
        {
            await using var node = await NodeProcess.Start(folder.Path, Plain, FewIterations);
            if (round == 1)
                await node.Import(Accounts());
            else
                await AssertAllThere(node, answered, round);
            await ChangeUntilKilled(node, answered, killAfter: generator.Between(200, 2000));
            await node.Exited();
        }

        await using var last = await NodeProcess.Start(folder.Path, Plain, FewIterations);
        await AssertAllThere(last, answered, Rounds + 1);
    }

    /// <summary>Every client makes one durable change after the other; the node is killed after so many answers.</summary>
    private static async Task ChangeUntilKilled(NodeProcess node, Answered answered, int killAfter)
    {
        var clients = await Task.WhenAll(
            Enumerable.Range(0, Writers + Subscribers).Select(i => LineClient.LogIn(node.Pip, $"u{i}", "secret")));
        var left = killAfter;
        await Task.WhenAll(clients.Select((client, i) => i < Writers ? WriteNotes(client, i) : Subscribe(client, i)));
        foreach (var client in clients)
            client.Dispose();

        async Task WriteNotes(LineClient client, int user)
        {
            for (var value = answered.Note(user) + 1; ; value++)
            {
                if (!await Changed(client, $"SET # ~/note val={value}", "200"))
                    return;
                answered.Notes[user] = value;
            }
        }

        async Task Subscribe(LineClient client, int user)
        {
            while (true)
            {
                var id = $"id-{user}-{answered.NextId()}";
                if (!await Changed(client, $"SUB # u0@localhost/status id={id} expires=86400", "202"))
                    return;
                lock (answered.Ids)
                    answered.Ids.Add(id);
            }
        }

        async Task<bool> Changed(LineClient client, string request, string expected)
        {
            try
            {
                var answer = await client.Ask(request);
                Assert.StartsWith(expected, answer, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }

            if (Interlocked.Decrement(ref left) == 0)
                node.Kill();
            return true;
        }
    }

    private static async Task AssertAllThere(NodeProcess node, Answered answered, int round)
    {
        for (var user = 0; user < Writers; user++)
        {
            using var client = await LineClient.LogIn(node.Pip, $"u{user}", "secret");
            if (user == 0)
                await AssertSubscriptions(client, answered, round);
            if (answered.Note(user) == 0)
                continue;
            var answer = await client.Ask("GET # ~/note");
            var kept = int.Parse(answer.Split("val=")[1].Split(' ')[0], CultureInfo.InvariantCulture);

            // The change in flight may have been stored without its answer having been read.
            Assert.True(
                kept == answered.Note(user) || kept == answered.Note(user) + 1,
                $"round {round}, u{user}: answered {answered.Note(user)}, kept {kept}");
            answered.Notes[user] = kept;
        }
    }

    private static async Task AssertSubscriptions(LineClient owner, Answered answered, int round)
    {
        Assert.StartsWith("200", await owner.Ask("WATCHERS # ~"), StringComparison.Ordinal);
        var kept = new HashSet<string>();
        while (await owner.ReadLine() is { Length: > 0 } line)
            kept.UnionWith(line.Split(' ').Where(word => word.StartsWith("id=", StringComparison.Ordinal)).Select(w => w[3..]));
        var lost = answered.Ids.Where(id => !kept.Contains(id)).ToList();
        Assert.True(lost.Count == 0, $"round {round}: {lost.Count} of {answered.Ids.Count} subscriptions are lost");
    }

    private static string Accounts() => string.Join(
        '\n', Enumerable.Range(0, Writers + Subscribers).Select(i => $"u{i}@localhost secret"));

    private sealed class Answered
    {
        private int _ids;

        public int[] Notes { get; } = new int[Writers];

        public HashSet<string> Ids { get; } = [];

        public int Note(int user) => Notes[user];

        public int NextId() => Interlocked.Increment(ref _ids);
    }
}
