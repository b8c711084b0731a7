using Presence.Locating.Dns;
using Presence.Locating.Tests.Fakes;
using Presence.Testing;

namespace Presence.Locating.Tests.Dns;

/// <summary>Whatever a server answers, the resolver answers, and soon.</summary>
public sealed class HostileAnswerTests
{
    private const string Name = "_pips-server._tcp.a.example";
    private const int Mutations = 2_000;

    private readonly SeededGenerator _generator = new(1035);

    [Fact]
    public async Task A_name_that_points_to_itself_or_forward_is_no_name()
    {
        // The owner of the record is a pointer to its own place, or to one behind it.
        foreach (var step in (int[])[0, 2])
        {
            await using var server = new ScriptedDnsServer(query =>
            {
                var at = query.QuestionEnd + step;
                byte[] head = new ReplyWriter(query).Build();
                head[7] = 1;
                return [[.. head, (byte)(0xC0 | at >> 8), (byte)at, 0, 33, 0, 1, 0, 0, 0, 9, 0, 0]];
            });

            Assert.Equal(DnsOutcome.Failed, (await Resolver(server).FindServices(Name, Deadline.Token)).Outcome);
        }
    }

    [Fact]
    public async Task A_count_that_the_message_does_not_hold_is_no_answer()
    {
        await using var server = new ScriptedDnsServer(query =>
        {
            var reply = new ReplyWriter(query).Service(0, 0, 1, "x").Build();
            reply[6] = reply[7] = 0xFF;
            return [reply];
        });

        Assert.Equal(DnsOutcome.Failed, (await Resolver(server).FindServices(Name, Deadline.Token)).Outcome);
    }

    [Fact]
    public async Task A_target_that_is_no_host_name_is_seen_as_such()
    {
        await using var server = new ScriptedDnsServer(query =>
            [new ReplyWriter(query).Raw(query.Name, 33, [0, 0, 0, 0, 0, 1, 3, (byte)'a', 0, (byte)'/', 0]).Build()]);

        Assert.Equal("a??", Assert.Single((await Resolver(server).FindServices(Name, Deadline.Token)).Records).Target);
    }

    [Fact]
    public async Task No_damage_to_an_answer_harms_the_resolver()
    {
        var outcomes = new Dictionary<DnsOutcome, int>();
        await using var server = new ScriptedDnsServer(query => [query.IsTcp ? Good(query) : Damaged(Good(query))]);
        var resolver = Resolver(server);

        for (var i = 0; i < Mutations; i++)
        {
            var answer = await resolver.FindServices(Name, Deadline.Token);
            outcomes[answer.Outcome] = outcomes.GetValueOrDefault(answer.Outcome) + 1;
        }

        // Both must have occurred, or the damage was none.
        Assert.True(outcomes[DnsOutcome.Found] > 0 && outcomes[DnsOutcome.Failed] > 0, string.Join(", ", outcomes));
    }

    private static byte[] Good(Query query) => new ReplyWriter(query)
        .Alias(query.Name, "alias.example")
        .Service(10, 5, 7751, "gateway.a.example", owner: "alias.example")
        .Service(20, 5, 7751, "gateway.b.example", owner: "alias.example")
        .Authority(300, 60).Build();

    // Behind the question only: what changes id or question is passed over, and another test shows that.
    private byte[] Damaged(byte[] reply)
    {
        var start = 6 + (_generator.Next(2) == 0 ? 0 : 39);
        for (var i = 1 + _generator.Next(4); i > 0; i--)
        {
            var at = start + _generator.Next(reply.Length - start);
            if (at is >= 12 and < 45 || at is 4 or 5)
                continue;
            reply[at] = (byte)_generator.Next(256);
        }

        return _generator.Next(4) == 0 ? reply[..(45 + _generator.Next(reply.Length - 45))] : reply;
    }

    private static DnsResolver Resolver(ScriptedDnsServer server) =>
        new(new DnsOptions { Servers = [$"{server.End}"], Timeout = TimeSpan.FromSeconds(10), Rounds = 1 }, TimeProvider.System);
}
