using Presence.Cli.Tests.Scripts;
using Presence.Client.Tests.Scripts;

namespace Presence.Cli.Tests.Commands;

public sealed class AnswerCommandTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();
    private CliRun _cli = null!;

    public ValueTask InitializeAsync()
    {
        _cli = CliRun.At(_server);
        _cli.In = new StringReader("v=1");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_invitation_is_printed_and_accepted_with_what_was_given()
    {
        var run = _cli.Run("answer", "-", "--type", "application/sdp");
        await _server.LetIn();
        await _server.Say("INVITE #1 ~ from=bob@localhost inv=i1 ttl=30 type=application/sdp {3}\r\nv=0");
        await _server.Exchange(
            "ANSWER 5 bob@localhost inv=i1 code=200 type=application/sdp {3}|v=1", "202 5 accepted");
        await _server.Exchange("ACK #1");
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(
            ["- bob@localhost calls you: application/sdp, invitation i1", "    v=0", "answered bob@localhost with 200"],
            _cli.Out.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Only_the_caller_that_was_named_is_answered()
    {
        var run = _cli.Run("answer", "--from", "bob@localhost", "--decline");
        await _server.LetIn();
        await _server.Say("INVITE #1 ~ from=carol@localhost inv=i0 type=text/uri-list {1}\r\nx");
        await _server.Exchange("ACK #1");
        await _server.Say("INVITE #2 ~ from=bob@localhost inv=i1 type=text/uri-list {1}\r\nx");
        await _server.Exchange("ANSWER 5 bob@localhost inv=i1 code=603", "202 5 accepted");
        await _server.Exchange("ACK #2");
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Ok, await run);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_refused()
    {
        var run = _cli.Run("answer");
        await _server.LetIn();
        await _server.Say("INVITE #1 ~ from=bob@localhost inv=i1 type=text/uri-list {1}\r\nx");
        await _server.Exchange("ANSWER 5 bob@localhost inv=i1 code=200", "481 5 no-such-transaction");
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Refused, await run);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("-", "--type", "application/sdp", "--decline")]
    [InlineData("/does/not/exist", "--type", "application/sdp")]
    [InlineData("--from", "@")]
    public async Task Wrong_usage_is_found_before_anybody_is_asked(params string[] typed) =>
        Assert.Equal(ExitCode.Usage, await _cli.Run(["answer", .. typed]));
}
