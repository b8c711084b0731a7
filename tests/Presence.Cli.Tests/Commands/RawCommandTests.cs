using Presence.Cli.Tests.Scripts;
using Presence.Client.Tests.Scripts;

namespace Presence.Cli.Tests.Commands;

public sealed class RawCommandTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();
    private readonly TypedInput _input = new();
    private CliRun _cli = null!;

    public ValueTask InitializeAsync()
    {
        _cli = CliRun.At(_server);
        _cli.In = _input;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _input.End();
        await _server.DisposeAsync();
        _input.Dispose();
    }

    [Fact]
    public async Task Both_directions_are_shown_and_the_end_of_the_input_says_QUIT()
    {
        var run = _cli.Run("raw");
        await Greet();
        _input.Type("SEND 9 bob@localhost {2}");
        _input.Type("hi");
        await _server.Exchange("SEND 9 bob@localhost {2}|hi", "401 9 auth-required", "200 1 ok {3}", "a\u001bb");
        _input.End();
        await _server.Exchange("QUIT 10", "221 10 bye");
        await _server.HangUp();

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(
            ["< 220 0 ready v=1.0 id=test", "> SEND 9 bob@localhost {2}", "> hi"], _cli.Lines[..3]);
        Assert.Equal(
            [
                "< 401 9 auth-required", "< 200 1 ok {3}", @"< a\u{001B}b", "< 221 10 bye",
            ],
            _cli.Lines[3..].Where(line => line[0] == '<'));
    }

    [Fact]
    public async Task A_typed_QUIT_is_enough()
    {
        var run = _cli.Run("raw", "--json");
        await Greet();
        _input.Type("QUIT 1");
        await _server.Exchange("QUIT 1", "221 1 bye");
        await _server.HangUp();

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(
            [
                """{"direction":"received","line":"220 0 ready v=1.0 id=test"}""",
                """{"direction":"sent","line":"QUIT 1"}""", """{"direction":"received","line":"221 1 bye"}""",
            ],
            _cli.Lines);
    }

    [Fact]
    public async Task The_line_login_does_it_all_with_tags_above_those_typed()
    {
        var run = _cli.Run("raw", "--endpoint", "desk");
        await Greet();
        _input.Type("PING 40");
        await _server.Exchange("PING 40", "200 40 pong");
        _input.Type("login");
        Assert.Equal("BIND 44 ep=desk prio=0 show=online", await _server.LetInAfterGreeting());
        _input.Type("GET 45 ~/status");
        await _server.Exchange("GET 45 ~/status", "200 45 ok val=online");
        _input.End();
        await _server.Exchange("QUIT 46", "221 46 bye");

        Assert.Equal(ExitCode.Ok, await run);
    }

    [Fact]
    public async Task Logging_in_first_is_an_option_and_events_are_left_to_the_person()
    {
        var run = _cli.Run("raw", "--login");
        await _server.LetIn();
        await _server.Say("FROB #1 ~");
        _input.Type("ACK #1");
        await _server.Exchange("ACK #1");
        _input.End();
        await _server.Exchange("QUIT 5", "221 5 bye");

        Assert.Equal(ExitCode.Ok, await run);
    }

    [Fact]
    public async Task A_failed_login_is_told_and_the_shell_goes_on()
    {
        _cli.Variables.Remove("PRESENCE_PASSWORD");
        var run = _cli.Run("raw");
        await Greet();
        _input.Type("login");
        _input.Type("PING 1");
        await _server.Exchange("PING 1", "200 1 pong");
        _input.End();
        await _server.Exchange("QUIT 2", "221 2 bye");

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Contains("PRESENCE_PASSWORD", _cli.Error);
    }

    [Fact]
    public async Task A_server_that_closes_with_a_code_is_three()
    {
        var run = _cli.Run("raw");
        await Greet();
        _input.Type("{");
        await _server.Exchange("{", "400 0 bad-frame");
        await _server.HangUp();

        Assert.Equal(ExitCode.CannotConnect, await run);
        Assert.Contains("bad-frame", _cli.Error);
    }

    [Fact]
    public async Task Without_a_user_the_shell_still_connects()
    {
        _cli.Variables.Remove("PRESENCE_USER");
        var run = _cli.Run("raw");
        await Greet();
        _input.End();
        await _server.Exchange("QUIT 1", "221 1 bye");

        Assert.Equal(ExitCode.Ok, await run);
    }

    private async Task Greet()
    {
        await _server.Accept();
        await _server.Say("220 0 ready v=1.0 id=test");
    }
}
