using Presence.Sessions.Tests.Hosting;

namespace Presence.Sessions.Tests.Metrics;

public sealed class SessionMetricsTests(TestSilo silo)
{
    [Fact]
    public async Task Requests_are_counted_by_verb_and_code_and_verbs_that_nobody_knows_as_one()
    {
        await using var gateway = await TestGateway.Open(silo);
        var client = await LogIn(gateway, "tallied");
        using var requests = gateway.Collect<long>("presence.sessions.requests");

        await client.Ask("PING 4");
        await client.Ask("FROB 5");
        await client.Ask("GET 6 nobody@localhost/status");

        Assert.Equal(["PING 200", "other 501", "GET 404"], requests.GetMeasurementSnapshot()
            .Select(one => $"{one.Tags["verb"]} {one.Tags["code"]}"));
    }

    [Fact]
    [Trait("Conformance", "LIM-03")]
    public async Task What_a_limit_refuses_is_counted_by_the_limit()
    {
        await using var gateway = await TestGateway.Open(silo, new SessionOptions
        {
            PlainOnLoopback = true, RequestBurst = 5, RequestsPerSecond = 1,
        });
        var client = await LogIn(gateway, "limited");
        using var refusals = gateway.Collect<long>("presence.sessions.refusals");

        Assert.Equal(431, (await client.Ask($"PING 4 {string.Join(' ', Enumerable.Range(0, 33).Select(n => $"x{n}=1"))}")).Code);
        await client.Ask("PING 5");
        await client.Ask("PING 6");
        Assert.Equal(429, (await client.Ask("PING 7")).Code);
        Assert.Equal(414, (await client.Ask($"PING 8 x={new string('x', 5000)}")).Code);

        Assert.Equal(["parameters", "rate", "line"], refusals.GetMeasurementSnapshot().Select(one => one.Tags["limit"]));
    }

    [Fact]
    public async Task Who_sends_events_and_does_not_read_their_acknowledgements_is_not_read_either()
    {
        await using var gateway = await TestGateway.Open(silo);
        var client = await LogIn(gateway, "chatty");
        using var refusals = gateway.Collect<long>("presence.sessions.refusals");

        var refused = refusals.WaitForMeasurementsAsync(1, TestContext.Current.CancellationToken);
        var sending = client.Send(string.Concat(Enumerable.Repeat("NEWS #1\r\n", 40_000)));
        await refused;

        Assert.Equal("unread-answers", refusals.LastMeasurement?.Tags["limit"]);
        Assert.False(sending.IsCompleted);
        await client.Cut();
        await sending;
    }

    [Fact]
    public async Task Attempts_to_resume_are_counted_by_their_outcome_and_what_there_is_can_be_asked_for()
    {
        await using var gateway = await TestGateway.Open(silo);
        var client = await LogIn(gateway, "again");
        var other = gateway.Connect();
        await other.Authenticate("again");
        using var resumes = gateway.Collect<long>("presence.sessions.resumes");
        using var connections = gateway.Collect<long>("presence.sessions.connections");
        using var bound = gateway.Collect<long>("presence.sessions.bound");

        Assert.Equal(410, (await other.Ask("RESUME 4 s-none-1 key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA seen=0")).Code);
        connections.RecordObservableInstruments();
        bound.RecordObservableInstruments();

        Assert.Equal("gone", Assert.Single(resumes.GetMeasurementSnapshot()).Tags["outcome"]);
        Assert.Equal(2, connections.LastMeasurement?.Value);
        Assert.Equal(1, bound.LastMeasurement?.Value);
        Assert.Equal(200, (await client.Ask("PING 9")).Code);
    }

    private async Task<TestClient> LogIn(TestGateway gateway, string user)
    {
        await silo.NewUser(user);
        var client = gateway.Connect();
        await client.Authenticate(user);
        Assert.Equal(200, (await client.Ask("BIND 3 ep=desk show=online")).Code);
        return client;
    }
}
