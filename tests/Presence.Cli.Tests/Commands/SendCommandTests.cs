using Presence.Cli.Tests.Scripts;
using Presence.Client.Tests.Scripts;

namespace Presence.Cli.Tests.Commands;

public sealed class SendCommandTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();
    private CliRun _cli = null!;

    public ValueTask InitializeAsync()
    {
        _cli = CliRun.At(_server);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("SEND 5 bob@localhost mid= type=text/plain;charset=utf-8 ttl=60 class=games.chess subject=A%20game "
        + "deliver=best {2}|hi", "pip:bob@localhost?send", "hi", "--best", "--class", "games.chess", "--subject",
        "A game", "--ttl", "60")]
    [InlineData("SEND 5 localhost/interest/games.chess mid= type=text/plain;charset=utf-8 {2}|hi",
        "localhost/interest/games.chess", "hi")]
    [InlineData("SEND 5 ~ mid= type=text/plain;charset=utf-8 {2}|hi", "~", "hi")]
    public async Task A_message_goes_to_one_place(string request, params string[] typed)
    {
        Assert.Equal(ExitCode.Ok, await Send(request, "202 5 accepted", ["send", .. typed]));
        Assert.Single(_cli.Lines);
    }

    [Fact]
    public async Task Each_of_several_recipients_has_a_line()
    {
        var results = CliExchange.List("207 5 multi type=text/pip-results",
            "bob@localhost 202 accepted", "carol@localhost 480 unavailable");

        Assert.Equal(ExitCode.Refused, await Send(
            "SEND 5 * to=bob@localhost,carol@localhost mid= type=text/plain;charset=utf-8 {2}|hi", results,
            "send", "bob@localhost", "carol@localhost", "hi"));
        Assert.Equal(
            [
                "accepted for bob@localhost",
                "not sent to carol@localhost: 480 unavailable. Nobody can be reached there now.",
            ],
            _cli.Lines);
    }

    [Fact]
    public async Task A_message_that_all_get_is_done()
    {
        var results = CliExchange.List("207 5 multi type=text/pip-results",
            "bob@localhost 202 accepted", "carol@localhost 202 accepted");

        Assert.Equal(ExitCode.Ok, await Send(
            "SEND 5 * to=bob@localhost,carol@localhost mid= type=text/plain;charset=utf-8 {2}|hi", results,
            "send", "bob@localhost", "carol@localhost", "hi", "--json"));
        Assert.All(_cli.Lines, line => Assert.StartsWith("""{"event":"sent","to":""", line));
    }

    [Theory]
    [InlineData("bob@localhost", "hi", "there")]
    [InlineData("localhost", "hi")]
    [InlineData("bob@localhost/note", "hi")]
    [InlineData("bob@localhost", "localhost/interest/games", "hi")]
    [InlineData("bob@localhost", "hi", "--ttl", "0")]
    public async Task Wrong_usage_is_found_before_anybody_is_asked(params string[] typed) =>
        Assert.Equal(ExitCode.Usage, await _cli.Run(["send", .. typed]));

    [Fact]
    public async Task More_than_fifty_recipients_are_wrong_usage() => Assert.Equal(ExitCode.Usage,
        await _cli.Run(["send", .. Enumerable.Range(0, 51).Select(number => $"u{number}@localhost"), "hi"]));

    private async Task<int> Send(string request, string answer, params string[] typed)
    {
        var run = _cli.Run(typed);
        await _server.LetIn();
        Assert.Equal(request, WithoutMid((await _server.Hear())!));
        await _server.Say(answer);
        await _server.Exchange("QUIT 6", "221 6 bye");
        return await run;
    }

    // It is random.
    private static string WithoutMid(string heard)
    {
        var words = heard.Split(' ');
        var mid = Array.FindIndex(words, word => word.StartsWith("mid=", StringComparison.Ordinal));
        Assert.Equal(24, words[mid]["mid=".Length..].Length);
        words[mid] = "mid=";
        return string.Join(' ', words);
    }
}
