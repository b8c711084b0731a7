using Presence.Cli.Tests.Scripts;
using Presence.Client.Tests.Scripts;
using Presence.Protocol.Sasl;

namespace Presence.Cli.Tests.Commands;

/// <summary>What status, watch and send share: options, login, exit codes; and what each of them says.</summary>
public sealed class SessionCommandTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();
    private CliRun _cli = null!;

    public ValueTask InitializeAsync()
    {
        _cli = CliRun.At(_server);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Status_shows_the_own_status_through_a_session_that_nobody_sees()
    {
        var run = _cli.Run("status");
        var bind = await _server.LetIn();
        await _server.Exchange("GET 5 ~/status", "200 5 ok ver=7 val=dnd t=2026-11-22T06:10:12.050Z");
        await _server.Exchange("GET 6 ~/note", "200 6 ok ver=8 val=in%20a%20call%1B[2J");
        await _server.Exchange("QUIT 7", "221 7 bye");

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Matches("^BIND 4 ep=cli-[0-9a-f]{4} prio=-1 show=offline$", bind);
        Assert.Equal([@"alice@localhost is dnd, ""in a call\u{001B}[2J"""], _cli.Lines);
    }

    [Fact]
    public async Task Status_for_scripts_is_an_object()
    {
        var run = _cli.Run("status", "--json", "--endpoint", "bot.1");
        Assert.StartsWith("BIND 4 ep=bot.1 ", await _server.LetIn());
        await _server.Exchange("GET 5 ~/status", "200 5 ok ver=7 val=away");
        await _server.Exchange("GET 6 ~/note", "404 6 not-found");
        await _server.Exchange("QUIT 7", "221 7 bye");

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(["""{"event":"status","address":"alice@localhost","status":"away","version":7}"""], _cli.Lines);
    }

    [Fact]
    public async Task Setting_a_status_and_a_note_tells_plainly_what_was_done()
    {
        var run = _cli.Run("status", "--set", "away", "--note", "back soon");
        await _server.LetIn();
        await _server.Exchange("SET 5 ~/status val=away", "200 5 ok ver=1");
        await _server.Exchange("SET 6 ~/note val=back%20soon", "200 6 ok ver=2");
        await _server.Exchange("QUIT 7", "221 7 bye");

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(
            [
                "alice@localhost/status set to away, without a lease: it stays until --clear",
                "alice@localhost/note set to \"back soon\"",
            ],
            _cli.Lines);
    }

    [Fact]
    public async Task Clearing_deletes_the_override()
    {
        var run = _cli.Run("status", "--clear");
        await _server.LetIn();
        await _server.Exchange("DEL 5 ~/status", "200 5 ok ver=3");
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Ok, await run);
    }

    [Fact]
    public async Task A_refused_status_is_one()
    {
        var run = _cli.Run("status", "--set", "away");
        await _server.LetIn();
        await _server.Exchange("SET 5 ~/status val=away", "403 5 forbidden text=no%1B");
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Refused, await run);
        Assert.Contains(@"403 forbidden (no\u{001B})", _cli.Error);
    }

    [Fact]
    public async Task Watch_prints_changes_of_its_own_subscriptions_until_the_count_is_reached()
    {
        var run = _cli.Run("watch", "bob@localhost", "carol@localhost/note", "--count", "2");
        Assert.EndsWith(" prio=0 show=online", await _server.LetIn());
        var bob = await Subscribed("SUB 5 bob@localhost/status", "202 5 pending");
        var carol = await Subscribed("SUB 6 carol@localhost/note", "200 6 ok state=active");
        await _server.Say(
            "NOTIFY #1 dave@localhost/status id=other ver=1 val=online",
            $"NOTIFY #2 bob@localhost/status id={bob} state=active ver=2 val=away t=2026-11-22T06:10:00.000Z",
            $"NOTIFY #3 carol@localhost/note id={carol} ver=3 val=a%0Ab");
        await _server.Exchange("ACK #1");
        await _server.Exchange("ACK #2");
        await _server.Exchange("ACK #3");
        await _server.Exchange("QUIT 7", "221 7 bye");

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(
            ["2026-11-22 06:10:00Z bob@localhost/status away", @"- carol@localhost/note a\u{000A}b"], _cli.Lines);
        Assert.Contains("bob@localhost/status: asked for permission", _cli.Error);
    }

    [Fact]
    public async Task Watch_subscribes_again_when_a_subscription_ran_out()
    {
        var run = _cli.Run("watch", "bob@localhost", "--count", "2", "--json");
        await _server.LetIn();
        var id = await Subscribed("SUB 5 bob@localhost/status", "200 5 ok state=active");
        await _server.Say($"NOTIFY #1 bob@localhost/status id={id} ver=3 val=away");
        await _server.Exchange("ACK #1");
        await _server.Say($"NOTIFY #2 bob@localhost/status id={id} state=terminated why=timeout");
        Assert.Equal(id, await Subscribed("SUB 6 bob@localhost/status", "200 6 ok state=active"));
        await _server.Exchange("ACK #2");
        await _server.Say($"NOTIFY #3 bob@localhost/status id={id} ver=4 val=online");
        await _server.Exchange("ACK #3");
        await _server.Exchange("QUIT 7", "221 7 bye");

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(
            [
                """{"event":"notify","target":"bob@localhost/status","value":"away","version":3}""",
                """{"event":"notify","target":"bob@localhost/status","value":"online","version":4}""",
            ],
            _cli.Lines);
    }

    [Fact]
    public async Task Ctrl_C_ends_watch_with_130()
    {
        using var interrupt = new CancellationTokenSource();
        var run = _cli.Run(interrupt.Token, "watch", "bob@localhost");
        await _server.LetIn();
        await Subscribed("SUB 5 bob@localhost/status", "200 5 ok state=active");
        await interrupt.CancelAsync();
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Interrupted, await run);
    }

    [Fact]
    public async Task Watch_tells_of_a_lost_connection_and_goes_on_over_the_next_one()
    {
        var run = _cli.Run("watch", "bob@localhost", "--count", "1");
        var endpoint = (await _server.LetIn()).Split(' ')[2];
        var id = await Subscribed("SUB 5 bob@localhost/status", "200 5 ok state=active");
        await _server.Say("421 0 going-down");
        await _server.HangUp();
        await _server.Accept();
        await _server.Say("220 0 ready v=1.0 id=test");
        await _server.Authenticate();
        await _server.Exchange("RESUME 4 s-1 key=k seen=0", "410 4 session-gone");
        await _server.Exchange($"BIND 5 {endpoint} prio=0 show=online", "200 5 ok ep=desk sid=s-2 key=l ttl=300");
        Assert.StartsWith("SYNC 6 ", await _server.Hear(), StringComparison.Ordinal);
        await _server.Say("200 6 ok n=1", $"NOTIFY #1 bob@localhost/status id={id} ver=4 val=online");
        await _server.Exchange("ACK #1");
        await _server.Exchange("QUIT 7", "221 7 bye");

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(["- bob@localhost/status online"], _cli.Lines);
        Assert.Contains("going-down", _cli.Error);
        Assert.Contains("in a new session", _cli.Error);
    }

    [Fact]
    public async Task Watch_ends_with_three_when_another_program_takes_the_endpoint()
    {
        var run = _cli.Run("watch", "bob@localhost");
        await _server.LetIn();
        await Subscribed("SUB 5 bob@localhost/status", "200 5 ok state=active");
        await _server.Say("421 0 replaced");

        Assert.Equal(ExitCode.CannotConnect, await run);
        Assert.Contains("replaced", _cli.Error);
    }

    [Theory]
    [InlineData("202 5 accepted", ExitCode.Ok, "accepted for bob@localhost")]
    [InlineData("480 5 unavailable", ExitCode.Refused, "not sent to bob@localhost: 480 unavailable. Nobody can be reached there now.")]
    public async Task Send_tells_the_servers_answer(string answer, int exitCode, string told)
    {
        var run = _cli.Run("send", "bob@localhost", "@all: héllo");
        await _server.LetIn();
        Assert.EndsWith("{12}|@all: héllo", await _server.Hear());
        await _server.Say(answer);
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(exitCode, await run);
        Assert.Equal([told], _cli.Lines);
    }

    [Fact]
    public async Task A_wrong_password_is_a_failed_login()
    {
        var run = _cli.Run("status", "--password", "wrong");
        await _server.Accept();
        await _server.Say("220 0 ready v=1.0 id=t");
        await _server.AnswerHello(LoginScript.Offer);
        await _server.Authenticate(
            new ScramServerExchange(new(LoginScript.Offer, SaslMechanism.ScramSha256)),
            LoginScript.VerifierOf(LoginScript.Password));

        Assert.Equal(ExitCode.LoginFailed, await run);
        Assert.Contains("435 auth-failed", _cli.Error);
    }

    [Fact]
    public async Task Nobody_listening_is_three() =>
        Assert.Equal(ExitCode.CannotConnect, await _cli.Run("status", "--server", "127.0.0.1:1"));

    [Fact]
    public async Task TLS_with_an_authority_of_ones_own_is_an_option()
    {
        await using var server = new ScriptedServer(TestCertificates.For("localhost"));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, TestCertificates.Authority.ExportCertificatePem());
        var run = _cli.Run(
            "send", "--tls", "--ca", file, "--server", $"127.0.0.1:{server.Port}", "bob@localhost", "hi");
        await server.LetIn();
        await server.Hear();
        await server.Say("202 5 accepted");
        await server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Ok, await run);
        File.Delete(file);
    }

    [Theory]
    [InlineData("status", "--set", "away", "--clear")]
    [InlineData("status", "surplus")]
    [InlineData("status", "--server", "host:none")]
    [InlineData("status", "--user", "localhost")]
    [InlineData("status", "--user", "a b@localhost")]
    [InlineData("status", "--endpoint", "my desk")]
    [InlineData("status", "--ca", "/does/not/exist")]
    [InlineData("watch")]
    [InlineData("watch", "bob@localhost", "--count", "0")]
    [InlineData("watch", "bob@localhost", "--count", "many")]
    [InlineData("watch", "not an address")]
    [InlineData("send", "bob@localhost")]
    [InlineData("send", "bob@localhost", "hi", "there")]
    [InlineData("chat")]
    [InlineData("frobnicate")]
    [InlineData]
    public async Task Wrong_usage_is_two_and_says_why_on_stderr(params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await _cli.Run(arguments));
        Assert.NotEqual("", _cli.Error);
        Assert.Equal("", _cli.Out);
    }

    [Fact]
    public async Task Without_user_or_password_nothing_is_tried()
    {
        _cli.Variables.Remove("PRESENCE_PASSWORD");
        Assert.Equal(ExitCode.Usage, await _cli.Run("status"));
        Assert.Contains("PRESENCE_PASSWORD", _cli.Error);

        _cli.Variables.Remove("PRESENCE_USER");
        Assert.Equal(ExitCode.Usage, await _cli.Run("status"));
        Assert.Contains("PRESENCE_USER", _cli.Error);
    }

    [Theory]
    [InlineData("0    done")]
    [InlineData("1    refused by the server")]
    [InlineData("2    wrong usage")]
    [InlineData("3    cannot connect")]
    [InlineData("4    login failed")]
    [InlineData("5    user commands")]
    [InlineData("130  interrupted")]
    public async Task The_help_names_each_exit_code(string line)
    {
        Assert.Equal(ExitCode.Ok, await _cli.Run("--help"));
        Assert.Contains(line, _cli.Out);
    }

    private async Task<string> Subscribed(string begin, string answer)
    {
        var heard = await _server.Hear();
        Assert.StartsWith(begin + " id=", heard);
        await _server.Say(answer);
        return heard![(begin.Length + 4)..].Split(' ')[0];
    }
}
