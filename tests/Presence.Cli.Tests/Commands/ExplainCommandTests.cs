using Presence.Cli.Tests.Scripts;

namespace Presence.Cli.Tests.Commands;

public sealed class ExplainCommandTests : IAsyncLifetime
{
    private AdminStub _node = null!;
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await AdminStub.Start();
        _node.Users["bob+x@localhost"] = "builder";
        _cli = _node.Cli();
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Each_line_is_a_row_of_a_table()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Run("explain", "alice@localhost", "pip:bob+x@localhost"));
        Assert.Equal(["status  watching waits: ask * sub", @"note    blocked\u{001B}"], _cli.Lines);
    }

    [Fact]
    public async Task For_scripts_each_line_is_an_object()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Run("explain", "alice@localhost", "bob+x@localhost", "--json"));
        Assert.Equal(
            """
            {"event":"explained","asker":"alice@localhost","user":"bob\u002Bx@localhost","subject":"status","text":"watching waits: ask * sub"}
            """,
            _cli.Lines[0]);
    }

    [Fact]
    public async Task Nobody_cannot_be_explained()
    {
        Assert.Equal(ExitCode.Conflict, await _cli.Run("explain", "alice@localhost", "nobody@localhost"));
        Assert.Contains("there is no nobody@localhost", _cli.Error);
    }
}
