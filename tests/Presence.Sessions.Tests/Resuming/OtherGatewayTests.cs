using System.Globalization;
using System.Text;
using Presence.Sessions.Tests.Hosting;

namespace Presence.Sessions.Tests.Resuming;

public sealed class OtherGatewayTests(TestSilo silo)
{
    [Fact]
    [Trait("Conformance", "RES-08")]
    public async Task A_session_resumes_at_another_gateway_with_its_events_tags_and_subscriptions()
    {
        await using var first = await TestGateway.Open(silo);
        await using var second = await TestGateway.Open(silo);
        var (alice, bob) = (await silo.NewUser("al"), await silo.NewUser("bo"));
        var bobs = first.Connect();
        await bobs.Authenticate(bob);
        await bobs.Ask("BIND 4 ep=desk show=online");
        await bobs.Ask("APPROVE 5 ~ who=al@localhost");
        var old = first.Connect();
        await old.Authenticate(alice);
        var bound = await old.Ask("BIND 4 ep=desk show=online");
        await old.Ask("APPROVE 5 ~ who=bo@localhost");
        Assert.Equal(200, (await old.Ask("SUB 6 bo@localhost/status id=lasting")).Code);
        Assert.Equal(200, (await old.Ask("SUB 7 bo@localhost/note id=passing scope=session")).Code);
        Assert.Equal(202, (await bobs.Ask("SEND 6 al@localhost mid=m1 type=text/plain {2}\r\nhi")).Code);

        // The old connection still lives; the new one comes from elsewhere and has seen nothing.
        var client = second.Connect();
        await client.Authenticate(alice);
        var resumed = await client.Ask(
            $"RESUME 4 {bound.Parameters["sid"]} key={bound.Parameters["key"]} seen=0");

        Assert.Equal(200, resumed.Code);
        Assert.Equal(("desk", "8"), (resumed.Parameters["ep"], resumed.Parameters["next"]));
        Assert.Equal(("NOTIFY", 1L), Of(await client.Read()));
        Assert.Equal(("MSG", 2L), Of(await client.Read()));
        await client.Send("SUB 7 bo@localhost/note id=passing scope=session\r\n");
        Assert.Equal("yes", (await client.Read())?.Parameters["dup"]);
        await old.Served;

        // Both subscriptions live on here, and bob still sees alice.
        silo.Clock.Advance(TimeSpan.FromSeconds(1));
        await bobs.Ask("SET 8 ~/ep/desk/status val=away");
        Assert.Equal("lasting", (await client.Read())?.Parameters["id"]);
        silo.Clock.Advance(TimeSpan.FromSeconds(1));
        await bobs.Ask("SET 9 ~/note val=tea");
        Assert.Equal("passing", (await client.Read())?.Parameters["id"]);
        Assert.Equal("online", (await bobs.Ask("GET 10 al@localhost/status")).Parameters["val"]);
        Assert.Equal(202, (await bobs.Ask("SEND 11 al@localhost mid=m2 type=text/plain {2}\r\nyo")).Code);
        var message = await client.Read();
        Assert.Equal(("MSG", 5L), Of(message));
        Assert.Equal("yo", Encoding.UTF8.GetString(message!.Body!.Value.Span));
    }

    [Fact]
    [Trait("Conformance", "LIM-06")]
    public async Task A_gateway_that_stops_tells_where_to_go_and_waits_for_its_sessions_to_go_there()
    {
        await using var first = await TestGateway.Open(silo, TestGateway.Generous(alternative: "gw2.a.example:7750"));
        await using var second = await TestGateway.Open(silo);
        var (alice, bob) = (await silo.NewUser("anna"), await silo.NewUser("bert"));
        var bobs = second.Connect();
        await bobs.Authenticate(bob);
        await bobs.Ask("BIND 4 ep=desk show=online");
        var old = first.Connect();
        await old.Authenticate(alice);
        var bound = await old.Ask("BIND 4 ep=desk show=online");
        await old.Ask("APPROVE 5 ~ who=bert@localhost");
        Assert.Equal(202, (await bobs.Ask("SEND 6 anna@localhost mid=m1 type=text/plain {2}\r\nhi")).Code);
        Assert.Equal(("MSG", 1L), Of(await old.Read()));

        var draining = first.Host.Drain(CancellationToken.None);
        var last = await old.Read();
        Assert.Equal((421, "going-down", "gw2.a.example:7750"), (last!.Code, last.Reason, last.Parameters["alt"]));
        Assert.InRange(int.Parse(last.Parameters["retry"]!, CultureInfo.InvariantCulture), 1, 2);
        await old.Served;
        Assert.False(draining.IsCompleted);

        var client = second.Connect();
        await client.Authenticate(alice);
        Assert.Equal(200, (await client.Ask($"RESUME 4 {bound.Parameters["sid"]} key={bound.Parameters["key"]} seen=0")).Code);
        Assert.Equal(("MSG", 1L), Of(await client.Read()));
        await draining.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Keys_are_checked_by_the_gateway_that_has_the_session_and_an_unknown_session_is_gone()
    {
        await using var first = await TestGateway.Open(silo);
        await using var second = await TestGateway.Open(silo);
        var user = await silo.NewUser("key");
        var old = first.Connect();
        await old.Authenticate(user);
        var bound = await old.Ask("BIND 4 ep=desk");
        var sid = bound.Parameters["sid"];
        var client = second.Connect();
        await client.Authenticate(user);

        Assert.Equal(410, (await client.Ask($"RESUME 4 {sid} key=wrong seen=0")).Code);
        Assert.Equal(400, (await client.Ask($"RESUME 5 {sid} key={bound.Parameters["key"]} seen=1")).Code);
        Assert.Equal(410, (await client.Ask($"RESUME 6 {sid} key={bound.Parameters["key"]} seen=0")).Code);
        Assert.Equal(410, (await client.Ask("RESUME 7 s-nobody-1 key=x seen=0")).Code);
        await old.Served;
        Assert.Equal(200, (await client.Ask("BIND 8 ep=desk")).Code);
    }

    private static (string? Verb, long Number) Of(Protocol.Framing.Frame? frame) => (frame?.Verb, frame?.Number ?? 0);
}
