using System.Net.Sockets;
using Presence.Locating.Dns;
using Presence.Locating.Tests.Fakes;
using Presence.Model.Locating;

namespace Presence.Locating.Tests.Dns;

public sealed class DnsResolverTests
{
    private const string Name = "_pips-server._tcp.a.example";

    [Fact]
    public async Task Services_come_as_the_server_tells_them()
    {
        await using var server = Server(reply => reply.Service(10, 60, 7751, "gw1.a.example").Service(20, 0, 7752, "gw2.net"));

        var answer = await Find(server);

        Assert.Equal(DnsOutcome.Found, answer.Outcome);
        Assert.Equal([new(10, 60, 7751, "gw1.a.example"), new(20, 0, 7752, "gw2.net")], answer.Records);
        Assert.Equal(TimeSpan.FromSeconds(300), answer.TimeToLive);
    }

    [Fact]
    public async Task What_does_not_fit_into_a_datagram_comes_over_TCP()
    {
        await using var server = new ScriptedDnsServer(query => query.IsTcp
            ? [Many(new ReplyWriter(query)).Build()]
            : [new ReplyWriter(query).Truncated().Build()]);

        Assert.Equal(60, (await Find(server)).Records.Count);
    }

    [Fact]
    public async Task Answers_with_another_id_or_to_another_question_are_passed_over()
    {
        await using var server = new ScriptedDnsServer(query =>
        [
            new ReplyWriter(query).WithId(query.Id ^ 1).Service(0, 0, 1, "forged").Build(),
            new ReplyWriter(query).About("_pips-server._tcp.b.example").Service(0, 0, 1, "forged").Build(),
            query.Octets,
            [.. new ReplyWriter(query).Service(0, 0, 1, "forged").Build(), .. new byte[2000]],
            [1, 2, 3],
            [],
            new ReplyWriter(query).Service(0, 0, 7751, "right").Build(),
        ]);

        Assert.Equal("right", Assert.Single((await Find(server)).Records).Target);
    }

    [Fact]
    public async Task Records_of_other_names_in_the_answer_count_for_nothing()
    {
        await using var server = Server(reply => reply
            .Service(0, 0, 1, "poison", owner: "_pips-server._tcp.victim.example").Service(0, 0, 7751, "right"));

        Assert.Equal("right", Assert.Single((await Find(server)).Records).Target);
    }

    [Fact]
    public async Task Aliases_are_followed_within_an_answer_and_over_several()
    {
        await using var server = new ScriptedDnsServer(query => [query.Name switch
        {
            Name => new ReplyWriter(query).Alias(Name, "one.example", 60).Alias("one.example", "two.example").Build(),
            "two.example" => new ReplyWriter(query).Service(0, 0, 7751, "right").Build(),
            _ => new ReplyWriter(query).WithCode(2).Build(),
        }]);

        var answer = await Find(server);

        Assert.Equal("right", Assert.Single(answer.Records).Target);
        Assert.Equal(TimeSpan.FromSeconds(60), answer.TimeToLive);
    }

    [Theory]
    [InlineData(8, DnsOutcome.Found)]
    [InlineData(9, DnsOutcome.Failed)]
    public async Task A_chain_of_aliases_has_eight_links_at_most(int links, DnsOutcome expected)
    {
        await using var server = new ScriptedDnsServer(query =>
        {
            var at = query.Name == Name ? 0 : int.Parse(query.Name[1..^8], System.Globalization.CultureInfo.InvariantCulture);
            var reply = new ReplyWriter(query);
            return [at == links ? reply.Service(0, 0, 7751, "x").Build() : reply.Alias(query.Name, $"n{at + 1}.example").Build()];
        });

        Assert.Equal(expected, (await Find(server)).Outcome);
    }

    [Fact]
    public async Task A_circle_of_aliases_is_no_answer()
    {
        await using var server = new ScriptedDnsServer(query =>
            [new ReplyWriter(query).Alias(Name, "one.example").Alias("one.example", Name).Build()]);

        Assert.Equal(DnsOutcome.Failed, (await Find(server)).Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task No_such_name_and_no_such_record_are_the_same_with_the_time_of_the_zone(int code)
    {
        await using var server = Server(reply => reply.WithCode(code).Authority(timeToLive: 900, minimum: 120));

        var answer = await Find(server);

        Assert.Equal((DnsOutcome.Missing, TimeSpan.FromSeconds(120)), (answer.Outcome, answer.TimeToLive));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Server_failure_and_refusal_are_no_answer(int code)
    {
        await using var server = Server(reply => reply.WithCode(code));

        Assert.Equal(DnsOutcome.Failed, (await Find(server)).Outcome);
    }

    [Fact]
    public async Task Word_of_other_servers_is_no_answer()
    {
        await using var server = Server(reply => reply.NameServer("ns.example"));

        Assert.Equal(DnsOutcome.Failed, (await Find(server)).Outcome);
    }

    [Fact]
    public async Task A_server_that_does_not_know_EDNS_is_asked_without()
    {
        await using var server = new ScriptedDnsServer(query => [query.IsExtended
            ? new ReplyWriter(query).WithCode(1).Build()
            : new ReplyWriter(query).Service(0, 0, 7751, "old").Build()]);

        Assert.Equal("old", Assert.Single((await Find(server)).Records).Target);
    }

    [Fact]
    public async Task The_next_server_is_asked_when_one_fails()
    {
        await using var broken = Server(reply => reply.WithCode(2));
        await using var server = Server(reply => reply.Service(0, 0, 7751, "right"));
        var resolver = Resolver([$"{broken.End}", $"{server.End}"]);

        Assert.Equal("right", Assert.Single((await resolver.FindServices(Name, Deadline.Token)).Records).Target);
    }

    [Fact]
    public async Task Silence_is_no_answer()
    {
        await using var server = new ScriptedDnsServer(_ => []);
        var options = new DnsOptions { Servers = [$"{server.End}"], Timeout = TimeSpan.FromMilliseconds(100), Rounds = 2 };

        var answer = await new DnsResolver(options, TimeProvider.System).FindServices(Name, Deadline.Token);

        Assert.Equal(DnsOutcome.Failed, answer.Outcome);
        Assert.Equal(2, server.Asked);
    }

    [Fact]
    public async Task Addresses_of_both_families_are_found()
    {
        await using var server = new ScriptedDnsServer(query => [query.Type == 28
            ? new ReplyWriter(query).Address("2001:db8::1").Build()
            : new ReplyWriter(query).Address("192.0.2.1").Address("192.0.2.2").Build()]);
        var resolver = Resolver([$"{server.End}"]);

        var six = await resolver.FindAddresses("gw.example", AddressFamily.InterNetworkV6, Deadline.Token);
        var four = await resolver.FindAddresses("GW.example", AddressFamily.InterNetwork, Deadline.Token);

        Assert.Equal(["2001:db8::1"], six.Records.Select(address => address.ToString()));
        Assert.Equal(["192.0.2.1", "192.0.2.2"], four.Records.Select(address => address.ToString()));
    }

    [Fact]
    public async Task A_name_that_cannot_exist_is_not_asked_for()
    {
        await using var server = Server(reply => reply.Service(0, 0, 1, "x"));

        var answer = await Resolver([$"{server.End}"]).FindServices(new string('a', 64) + ".example", Deadline.Token);

        Assert.Equal((DnsOutcome.Missing, 0), (answer.Outcome, server.Asked));
    }

    [Fact]
    public void Resolvers_of_the_system_are_those_of_its_file() => Assert.Equal(
        ["192.0.2.1:53", "[2001:db8::53]:53"],
        DnsServers.OfSystem(["# nameserver 192.0.2.9", "search example", "nameserver 192.0.2.1", "nameserver\t2001:db8::53 ", "nameserver x"])
            .Select(server => server.ToString()));

    private static ScriptedDnsServer Server(Func<ReplyWriter, ReplyWriter> reply) =>
        new(query => [reply(new ReplyWriter(query)).Build()]);

    private static ReplyWriter Many(ReplyWriter reply)
    {
        for (var i = 0; i < 60; i++)
            reply.Service(i, 0, 7751, $"gateway-number-{i}.a.example");
        return reply;
    }

    private static DnsResolver Resolver(string[] servers) =>
        new(new DnsOptions { Servers = servers, Timeout = TimeSpan.FromSeconds(10) }, TimeProvider.System);

    private static Task<DnsAnswer<SrvRecord>> Find(ScriptedDnsServer server) =>
        Resolver([$"{server.End}"]).FindServices(Name, Deadline.Token);
}
