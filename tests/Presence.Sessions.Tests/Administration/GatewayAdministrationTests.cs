using Presence.Model.Addresses;
using Presence.Protocol.Framing;
using Presence.Sessions.Administration;
using Presence.Sessions.Tests.Hosting;

namespace Presence.Sessions.Tests.Administration;

public sealed class GatewayAdministrationTests(TestSilo silo)
{
    private const int All = GatewayAdministration.MaxListed;

    [Fact]
    public async Task Sessions_are_listed_with_their_users_endpoints_and_what_waits_for_them()
    {
        await using var gateway = await TestGateway.Open(silo);
        var user = await silo.NewUser("listed");
        var (_, desk) = await Bind(gateway, user, "desk");
        await Bind(gateway, user, "attic");
        await Bind(gateway, await silo.NewUser("unlisted"), "desk");

        var sessions = gateway.Administration.Sessions(Address.Parse($"{user}@localhost"), All);

        Assert.Equal(["attic", "desk"], sessions.Select(session => session.Endpoint));
        var told = sessions[1];
        Assert.Equal((desk.Parameters["sid"], $"{user}@localhost", false), (told.Id, told.User, told.IsParked));
        Assert.Equal(("tcp", silo.Clock.GetUtcNow(), default(QueueDepth)), (told.Transport, told.Since, told.Queue));
        Assert.StartsWith("127.0.0.1:", told.Remote, StringComparison.Ordinal);
        Assert.Equal(3, gateway.Administration.Sessions(null, All).Count);
        Assert.Single(gateway.Administration.Sessions(null, most: 1));
    }

    [Fact]
    public async Task A_session_without_a_connection_is_listed_as_parked_with_what_it_will_be_told()
    {
        await using var gateway = await TestGateway.Open(silo);
        var (from, to) = (await silo.NewUser("writer"), await silo.NewUser("reader"));
        var (reader, _) = await Bind(gateway, to, "desk");
        await reader.Ask($"APPROVE 5 ~ who={from}@localhost");
        var (writer, _) = await Bind(gateway, from, "desk");
        Assert.Equal(202, (await writer.Ask($"SEND 5 {to}@localhost mid=m1 type=text/plain {{2}}\r\nhi")).Code);
        await reader.Cut();
        await reader.Served;

        var told = gateway.Administration.Sessions(Address.Parse($"{to}@localhost"), All).Single();

        Assert.True(told.IsParked);
        Assert.Equal(1, told.Queue.Events);
        Assert.True(told.Queue.Octets > 0);
        Assert.Equal((2, 1), (gateway.Administration.Report().Sessions, gateway.Administration.Report().Parked));
    }

    [Fact]
    public async Task A_kicked_session_is_over_and_cannot_be_resumed()
    {
        await using var gateway = await TestGateway.Open(silo);
        var user = await silo.NewUser("kicked");
        var (client, bound) = await Bind(gateway, user, "desk");
        var (other, _) = await Bind(gateway, user, "phone");

        Assert.True(await gateway.Administration.Kick(bound.Parameters["sid"]!));

        Assert.Equal(GatewayAdministration.KickReason, await LastWord(client));
        var again = gateway.Connect();
        await again.Authenticate(user);
        var resumed = await again.Ask($"RESUME 4 {bound.Parameters["sid"]} key={bound.Parameters["key"]} seen=0");
        Assert.Equal(410, resumed.Code);
        Assert.Equal(200, (await other.Ask("PING 9")).Code);
        Assert.False(await gateway.Administration.Kick(bound.Parameters["sid"]!));
    }

    [Fact]
    public async Task A_user_is_kicked_at_whatever_gateway_he_is()
    {
        await using var here = await TestGateway.Open(silo);
        await using var there = await TestGateway.Open(silo);
        var user = await silo.NewUser("everywhere");
        var (near, _) = await Bind(here, user, "desk");
        var (far, _) = await Bind(there, user, "phone");

        Assert.Equal((1, null), await here.Administration.Kick($"{user}@localhost", "phone"));
        Assert.Equal(GatewayAdministration.KickReason, await LastWord(far));
        Assert.Equal((1, null), await here.Administration.Kick($"{user}@localhost", null));
        Assert.Equal(GatewayAdministration.KickReason, await LastWord(near));
        Assert.Equal((0, null), await here.Administration.Kick($"{user}@localhost", null));
    }

    [Theory]
    [InlineData("localhost", 400)]
    [InlineData("no address", 400)]
    [InlineData("alice@elsewhere.example", 404)]
    public async Task Who_cannot_be_here_is_not_looked_for(string address, int code)
    {
        await using var gateway = await TestGateway.Open(silo);
        Assert.Equal(code, (await gateway.Administration.Kick(address, null)).Refused?.Code);
    }

    [Fact]
    public async Task A_draining_gateway_sends_everybody_away_and_takes_nobody()
    {
        await using var gateway = await TestGateway.Open(silo);
        var (client, _) = await Bind(gateway, await silo.NewUser("drained"), "desk");
        Assert.False(gateway.Administration.Report().IsDraining);

        Assert.Equal(0, await gateway.Administration.Drain(TestContext.Current.CancellationToken));

        Assert.Equal("going-down", await LastWord(client));
        Assert.Equal("going-down", await LastWord(gateway.Connect()));
        var report = gateway.Administration.Report();
        Assert.True(report.IsDraining);
        Assert.Equal((0, 0), (report.Sessions, report.Parked));
    }

    [Fact]
    public async Task An_announcement_is_told_to_every_session()
    {
        await using var gateway = await TestGateway.Open(silo);
        var (client, _) = await Bind(gateway, await silo.NewUser("told"), "desk");

        Assert.Equal((1, null), gateway.Administration.Announce("Back at two {tea}"));

        var told = await client.Read();
        Assert.Equal(("INFO", "localhost", "announcement"), (told!.Verb, told.Target, told.Parameters["what"]));
        Assert.Equal("Back at two {tea}", told.Parameters["text"]);
        Assert.Equal(400, gateway.Administration.Announce(" ").Refused?.Code);
        Assert.Equal(400, gateway.Administration.Announce(new string('x', 1001)).Refused?.Code);
    }

    [Fact]
    public async Task What_was_done_is_counted()
    {
        await using var gateway = await TestGateway.Open(silo);
        var (client, _) = await Bind(gateway, await silo.NewUser("counted"), "desk");
        await client.Ask("NONSENSE 5 ~");

        var report = gateway.Administration.Report();

        // HELLO, AUTH, BIND and the one that was refused.
        Assert.Equal((1L, 4L, 1L, 0L),
            (report.Counted.Connections, report.Counted.Requests, report.Counted.Refused, report.Counted.Failed));
        Assert.Equal((1, 1, 1), (report.Connections, report.Sessions, report.Users));
    }

    private static async Task<(TestClient Client, Frame Bound)> Bind(TestGateway gateway, string user, string endpoint)
    {
        var client = gateway.Connect();
        await client.Authenticate(user);
        var bound = await client.Ask($"BIND 3 ep={endpoint} show=online");
        Assert.Equal(200, bound.Code);
        return (client, bound);
    }

    /// <summary>Reads to the end; the reason of the response that ended the connection.</summary>
    private static async Task<string?> LastWord(TestClient client)
    {
        string? reason = null;
        while (await client.Read() is { } frame)
            reason = frame is { Kind: FrameKind.Response, Number: 0, Code: 421 } ? frame.Reason : reason;
        return reason;
    }
}
