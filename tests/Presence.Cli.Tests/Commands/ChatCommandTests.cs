using Presence.Cli.Tests.Scripts;
using Presence.Client.Tests.Scripts;

namespace Presence.Cli.Tests.Commands;

public sealed class ChatCommandTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();
    private readonly TypedInput _input = new();
    private CliRun _cli = null!;
    private Task<int> _run = null!;

    public async ValueTask InitializeAsync()
    {
        _cli = CliRun.At(_server);
        _cli.In = _input;
        _run = _cli.Run("chat", "bob@localhost");
        await _server.LetIn();
        Assert.StartsWith("SUB 5 bob@localhost/status ", await _server.Hear());
        await _server.Say("202 5 pending");
    }

    public async ValueTask DisposeAsync()
    {
        _input.End();
        await _server.DisposeAsync();
        _input.Dispose();
    }

    [Fact]
    public async Task What_is_typed_is_sent_and_refusals_are_told()
    {
        _input.Type("hello");
        Assert.EndsWith("want=delivered,displayed {5}|hello", await _server.Hear());
        await _server.Say("480 6 unavailable");
        _input.Type("");
        _input.Type("//etc");
        Assert.EndsWith("{4}|/etc", await _server.Hear());
        await _server.Say("202 7 accepted");
        await Quit(8);

        Assert.Equal(ExitCode.Ok, await _run);
        Assert.Equal(["not sent to bob@localhost: 480 unavailable. Nobody can be reached there now."], _cli.Lines);
    }

    [Fact]
    public async Task What_comes_is_printed_harmlessly_and_its_receipt_given()
    {
        await _server.Say(
            "MSG #1 ~ from=bob@localhost mid=m1 want=displayed t=2026-11-22T06:10:00.000Z {7}", "hi\n\u001b[2J");
        await _server.Exchange("RECEIPT 6 bob@localhost mid=m1 disp=displayed", "202 6 accepted");
        await _server.Exchange("ACK #1");
        await _server.Say("WATCHER #2 ~/status who=carol@localhost what=sub state=pending");
        await _server.Exchange("ACK #2");
        await Quit(7);

        Assert.Equal(ExitCode.Ok, await _run);
        Assert.Equal("""
            2026-11-22 06:10:00Z bob@localhost:
                hi
                \u{001B}[2J
            - carol@localhost wants to see (/approve carol@localhost allows it) ~/status

            """, _cli.Out);
    }

    [Fact]
    public async Task Commands_approve_and_set_the_status()
    {
        _input.Type("/approve carol@localhost");
        await _server.Exchange("APPROVE 6 ~ who=carol@localhost", "200 6 ok ver=1");
        _input.Type("/status away");
        await _server.Exchange("SET 7 ~/status val=away", "403 7 forbidden");
        _input.Type("/approve nonsense here");
        _input.Type("/frob");
        await Quit(8);

        Assert.Equal(ExitCode.Ok, await _run);
        Assert.Equal(["carol@localhost may see your presence and write to you"], _cli.Lines);
        Assert.Contains("403 forbidden", _cli.Error);
        Assert.Contains("no address", _cli.Error);
        Assert.Contains("/quit", _cli.Error);
    }

    [Fact]
    public async Task The_end_of_the_input_ends_the_chat()
    {
        _input.End();
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Ok, await _run);
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_the_chat_with_three()
    {
        await _server.Say("421 0 replaced");

        Assert.Equal(ExitCode.CannotConnect, await _run);
    }

    private async Task Quit(int tag)
    {
        _input.Type("/quit");
        await _server.Exchange($"QUIT {tag}", $"221 {tag} bye");
    }
}
