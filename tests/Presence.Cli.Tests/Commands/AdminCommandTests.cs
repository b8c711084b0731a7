using Presence.Cli.Tests.Scripts;

namespace Presence.Cli.Tests.Commands;

public sealed class AdminCommandTests : IAsyncLifetime
{
    private AdminStub _node = null!;
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await AdminStub.Start();
        _node.Users["alice@localhost"] = "pencil";
        _cli = _node.Cli();
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Each_session_is_a_row_and_what_is_not_shown_is_told()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "sessions"));
        Assert.Equal(
            [@"alice@localhost  desk\u{001B}  tls  192.0.2.1:7  2026-11-28T06:10:00Z  5  s-1-1"], _cli.Lines);
        Assert.Contains("1 of 2 sessions", _cli.Error);
    }

    [Fact]
    public async Task For_scripts_a_session_tells_its_queue()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "sessions", "--of", "alice@localhost", "--json"));
        Assert.Contains("\"events\":5,\"unsent\":1,\"octets\":640,\"watches\":4", _cli.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_kicked_by_its_id_and_a_user_by_his_address()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "kick", "s-1-1"));
        Assert.Equal(["1 sessions ended"], _cli.Lines);
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "kick", "alice@localhost", "--endpoint", "desk"));
        Assert.Equal(["s-1-1", "alice@localhost desk"], _node.Kicked);
    }

    [Fact]
    public async Task An_endpoint_does_not_go_with_a_session()
    {
        Assert.Equal(ExitCode.Usage, await _cli.Run("admin", "kick", "s-1-1", "--endpoint", "desk"));
        Assert.Empty(_node.Kicked);
    }

    [Fact]
    public async Task A_session_that_is_not_there_cannot_be_kicked()
    {
        Assert.Equal(ExitCode.Conflict, await _cli.Run("admin", "kick", "s-2-2"));
        Assert.Contains("no such session", _cli.Error);
    }

    [Fact]
    public async Task What_is_kept_of_a_user_is_shown_and_erased()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "export", "alice@localhost"));
        Assert.Equal([@"property  note  2026-11-28T06:10:00Z  tea\u{001B}"], _cli.Lines);
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "export", "alice@localhost", "--json"));
        Assert.Contains("\"what\":\"property\",\"name\":\"note\",\"at\":\"2026-11-28T06:10:00Z\"", _cli.Lines[^1], StringComparison.Ordinal);

        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "erase", "alice@localhost"));
        Assert.Equal("alice@localhost erased: 3 things, traces looked for with 2 others", _cli.Lines[^1]);
        Assert.Equal(ExitCode.Conflict, await _cli.Run("admin", "erase", "alice@localhost"));
    }

    [Fact]
    public async Task Watchers_of_an_address_are_listed()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "watchers", "alice@localhost"));
        Assert.Equal(["bob@localhost  ~/status  active  2026-11-29T06:10:00Z  w1"], _cli.Lines);
    }

    [Fact]
    public async Task Domains_drain_and_statistics_are_told()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "domains"));
        Assert.Equal(["localhost  hosted", "b.example  up"], _cli.Lines);
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "drain"));
        Assert.Equal("draining, 2 connections left", _cli.Lines[^1]);
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "announce", "seven!!"));
        Assert.Equal("7 sessions told", _cli.Lines[^1]);
        Assert.Equal(ExitCode.Ok, await _cli.Run("admin", "stats"));
        Assert.Contains("requests            80", _cli.Lines);
    }
}
