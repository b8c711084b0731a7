using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Users;

namespace Presence.Conformance.Tests;

/// <summary>Checks can fail, and say in which exchange.</summary>
public sealed class BrokenServerTests
{
    private const string Greeting = "220 0 ready v=1.0 id=double\r\n";
    private const string Hello = "200 1 ok v=1.0 domain=localhost auth=SCRAM-SHA-256 maxline=4096 maxbody=65536 inflight=64\r\n";

    [Fact]
    public async Task A_wrong_greeting() => Assert.Equal(
        "client expected 220 ready to the connection; got: 200 0 hello",
        await WhyOf("SES-01", "200 0 hello\r\n", _ => ""));

    [Fact]
    public async Task A_server_that_waits_to_be_spoken_to() => Assert.Equal(
        "client expected the greeting, unasked; got: nothing of the kind within 0.3 s",
        await WhyOf("SES-01", "", _ => ""));

    [Fact]
    public async Task A_request_that_is_served_too_early() => Assert.Equal(
        "client expected 401 hello-first to PING; got: 200 1 pong (last sent: PING 1)",
        await WhyOf("SES-02", Greeting, _ => "200 1 pong\r\n"));

    [Fact]
    public async Task A_framing_error_that_is_forgiven() => Assert.Equal(
        "client expected 400 bad-frame to this; got: 200 0 ok (last sent: SET 10 ~/note type=text/plain {05}\\x0D\\x0A)",
        await WhyOf("FRM-08", Greeting, line => line.StartsWith("HELLO", StringComparison.Ordinal) ? Hello : "200 0 ok\r\n"));

    [Fact]
    public async Task A_connection_that_stays_open_after_a_fatal_error() => Assert.StartsWith(
        "client expected the connection to be closed; got: it is open after 0.3 s", await WhyOf("FRM-08", Greeting, line => line.StartsWith("HELLO", StringComparison.Ordinal) ? Hello : "400 0 bad-frame\r\n"),
        StringComparison.Ordinal);

    [Fact]
    public async Task An_end_where_an_answer_belongs() => Assert.Equal(
        "client expected an answer with tag 1; got: the end of the connection (last sent: HELLO 1 localhost v=0.1,1.0,7.0 role=client)",
        await WhyOf("SES-03", Greeting, _ => null));

    [Fact]
    public async Task A_lower_version_than_could_be() => Assert.StartsWith(
        "client expected v=1.0, the highest common version; got: 200 1 ok v=0.1",
        await WhyOf("SES-03", Greeting, _ => "200 1 ok v=0.1\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Octets_that_are_no_frame() => Assert.StartsWith(
        "the server broke the wire format: ", await WhyOf("SES-02", Greeting, _ => "401  1 hello-first\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Foreign_domains_that_can_be_told_apart()
    {
        const string same = "421 0 wrong-host\r\n" + ScriptedServer.Close;
        const string other = "421 0 wrong-host text=unknown\r\n" + ScriptedServer.Close;
        var why = await WhyOf("SES-04", Greeting, line => line.Contains("example.com", StringComparison.Ordinal) ? same : other);
        Assert.StartsWith(
            "client expected the same answer for every foreign domain, 421 0 wrong-host; got: 421 0 wrong-host text=unknown", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there()
    {
        await using var server = new ScriptedServer(Greeting, _ => "");
        var target = server.Target with { Port = 1 };
        var verdict = await Judge(target, "SES-01");
        Assert.Equal(Outcome.Fail, verdict.Outcome);
        Assert.StartsWith("no connection to 127.0.0.1:1: ", verdict.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_brings_its_conversation()
    {
        await using var server = new ScriptedServer(Greeting, _ => "200 1 pong\r\n");
        var verdict = await Judge(server.Target, "SES-02");
        Assert.Equal(["client   S: 220 0 ready v=1.0 id=double", "client   C: PING 1", "client   S: 200 1 pong"], verdict.Transcript);
    }

    private static async Task<string> WhyOf(string id, string greeting, Func<string, string?> answer)
    {
        await using var server = new ScriptedServer(greeting, answer);
        var verdict = await Judge(server.Target, id);
        Assert.Equal(Outcome.Fail, verdict.Outcome);
        return verdict.Why;
    }

    private static async Task<Verdict> Judge(Wire.Target target, string id)
    {
        await using var people = new GivenPeople([]);
        var statement = Statement.All.Single(statement => statement.Id == id);
        var verdicts = await new ConformanceRun(target, people, slow: false, parallel: 1)
            .Run([statement], _ => { }, TestContext.Current.CancellationToken);
        return Assert.Single(verdicts);
    }
}
