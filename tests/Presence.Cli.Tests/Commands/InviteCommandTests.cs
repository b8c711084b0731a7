using Presence.Cli.Tests.Scripts;
using Presence.Client.Tests.Scripts;

namespace Presence.Cli.Tests.Commands;

public sealed class InviteCommandTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();
    private CliRun _cli = null!;

    public ValueTask InitializeAsync()
    {
        _cli = CliRun.At(_server);
        _cli.In = new StringReader("v=0");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_becomes_of_an_invitation_is_told_to_its_end()
    {
        var (run, inv) = await Invite(CancellationToken.None, "--ttl", "60");
        await _server.Say("202 5 accepted",
            "ANSWER #1 carol@localhost inv=other code=200",
            $"ANSWER #2 bob@localhost inv={inv} code=180",
            $"ANSWER #3 bob@localhost/ep/phone inv={inv} code=200 type=application/sdp {{3}}\r\nv=1");
        await _server.Exchange("ACK #1");
        await _server.Exchange("ACK #2");
        await _server.Exchange("ACK #3");
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(
            ["- bob@localhost 180: it rings", "- bob@localhost/ep/phone 200: accepted", "    v=1"],
            _cli.Out.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(486, "The other side is busy.")]
    [InlineData(603, "The other side declined.")]
    [InlineData(408, "Nobody answered in time.")]
    public async Task A_declined_invitation_is_refused(int code, string told)
    {
        var (run, inv) = await Invite(CancellationToken.None);
        await _server.Say("202 5 accepted", $"ANSWER #1 bob@localhost inv={inv} code={code}");
        await _server.Exchange("ACK #1");
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Refused, await run);
        Assert.Equal([$"- bob@localhost {code}: {told}"], _cli.Lines);
    }

    [Fact]
    public async Task An_invitation_that_does_not_ring_is_refused()
    {
        var (run, _) = await Invite(CancellationToken.None);
        await _server.Say("480 5 unavailable");
        await _server.Exchange("QUIT 6", "221 6 bye");

        Assert.Equal(ExitCode.Refused, await run);
        Assert.Contains("480 unavailable", _cli.Error);
    }

    [Fact]
    public async Task Ctrl_C_withdraws_the_invitation()
    {
        using var interrupt = new CancellationTokenSource();
        var (run, inv) = await Invite(interrupt.Token);
        await _server.Say("202 5 accepted", $"ANSWER #1 bob@localhost inv={inv} code=180");
        await _server.Exchange("ACK #1");
        await interrupt.CancelAsync();
        await _server.Exchange($"CANCEL 6 bob@localhost inv={inv}", "202 6 accepted");
        await _server.Exchange("QUIT 7", "221 7 bye");

        Assert.Equal(ExitCode.Interrupted, await run);
    }

    [Theory]
    [InlineData("bob@localhost", "-")]
    [InlineData("bob@localhost", "--type", "application/sdp")]
    [InlineData("bob@localhost", "/does/not/exist", "--type", "application/sdp")]
    [InlineData("bob@localhost", "-", "--type", "application/sdp", "--ttl", "0")]
    public async Task Wrong_usage_is_found_before_anybody_is_asked(params string[] typed) =>
        Assert.Equal(ExitCode.Usage, await _cli.Run(["invite", .. typed]));

    private async Task<(Task<int> Run, string Inv)> Invite(CancellationToken interrupt, params string[] typed)
    {
        var run = _cli.Run(interrupt, ["invite", "bob@localhost", "-", "--type", "application/sdp", .. typed]);
        await _server.LetIn();
        var heard = (await _server.Hear())!;
        var ttl = typed.Length > 0 ? $" ttl={typed[1]}" : "";
        Assert.StartsWith("INVITE 5 bob@localhost inv=", heard);
        Assert.EndsWith($"{ttl} type=application/sdp {{3}}|v=0", heard);
        return (run, heard.Split(' ')[3][4..]);
    }
}
