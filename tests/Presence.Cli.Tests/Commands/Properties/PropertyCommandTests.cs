using Presence.Cli.Tests.Scripts;
using Presence.Client.Tests.Scripts;

namespace Presence.Cli.Tests.Commands.Properties;

/// <summary>get, set, del, forward, find, locate.</summary>
public sealed class PropertyCommandTests : IAsyncLifetime
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
    public async Task A_property_is_shown_with_version_and_time()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["get", "pip:bob@localhost/note?query"],
            ("GET 5 bob@localhost/note", "200 5 ok ver=7 val=in%20a%0Acall t=2026-11-22T06:10:00.000Z")));
        Assert.Equal(
            "bob@localhost/note, version 7, 2026-11-22 06:10:00Z:\n    in a\n    call\n",
            _cli.Out.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("200 5 ok ver=7 lease=20 default=off val=on",
        """{"event":"property","place":"bob@localhost/x.a","value":"on","version":7,"lease":20,"default":"off"}""")]
    [InlineData("200 5 ok ver=7 type=text/plain {2}\r\nhi",
        """{"event":"property","place":"bob@localhost/x.a","value":"hi","type":"text/plain","octets":2,"version":7}""")]
    [InlineData("200 5 ok ver=7 type=image/png {2}\r\nhi",
        """{"event":"property","place":"bob@localhost/x.a","type":"image/png","octets":2,"version":7}""")]
    public async Task A_property_for_scripts_is_an_object(string answer, string told)
    {
        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["get", "bob@localhost/x.a", "--json"],
            ("GET 5 bob@localhost/x.a", answer)));
        Assert.Equal([told], _cli.Lines);
    }

    [Fact]
    public async Task A_container_is_a_table()
    {
        var all = CliExchange.List("200 5 ok type=text/pip-props",
            "status ver=2 val=away t=2026-11-22T06:10:00.000Z", "photo ver=3 type=image/png size=900");

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["get", "bob@localhost"], ("GET 5 bob@localhost", all)));
        Assert.Equal(
            ["status  away                     2026-11-22T06:10:00.000Z", "photo   (image/png, 900 octets)"],
            _cli.Lines);
    }

    [Theory]
    [InlineData("404 5 not-found", "404 not-found. There is no such thing here.")]
    [InlineData("403 5 forbidden", "403 forbidden. You may not do this.")]
    [InlineData("429 5 slow-down retry=30", "429 slow-down, try again in 30 s. Too much")]
    [InlineData("499 5 strange", "499 strange. The server refused it.")]
    [InlineData("599 5 strange", "599 strange. The server failed")]
    public async Task A_refusal_is_told_with_its_meaning(string answer, string told)
    {
        Assert.Equal(ExitCode.Refused,
            await _cli.Exchange(_server, ["get", "bob@localhost/note"], ("GET 5 bob@localhost/note", answer)));
        Assert.Contains(told, _cli.Error);
    }

    [Theory]
    [InlineData("SET 5 ~/note val=in%20a%20call", "set", "~/note", "in a call")]
    [InlineData("SET 5 ~/x.call val=yes lease=60 default=no if=7", "set", "~/x.call", "yes", "--lease", "60",
        "--default", "no", "--if", "7")]
    [InlineData("SET 5 ~/note val=", "set", "~/note", "")]
    [InlineData("DEL 5 ~/note", "del", "~/note")]
    [InlineData("DEL 5 ~/note if=7", "del", "~/note", "--if", "7")]
    [InlineData("SET 5 ~/forward val=carol@localhost", "forward", "carol@localhost")]
    [InlineData("SET 5 ~/forward val=carol@localhost mode=proxy lease=3600", "forward", "pip:carol@localhost",
        "--mode", "proxy", "--lease", "3600")]
    [InlineData("DEL 5 ~/forward", "forward", "--off")]
    public async Task Properties_are_written_and_taken_away(string request, params string[] typed)
    {
        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, typed, (request, "200 5 ok ver=8")));
        Assert.Single(_cli.Lines);
    }

    [Fact]
    public async Task A_value_that_would_cost_the_connection_is_not_sent()
    {
        Assert.Equal(ExitCode.Refused, await _cli.Exchange(_server, ["set", "~/note", new string('x', 4090)]));
        Assert.Contains("414 line-too-long", _cli.Error);
    }

    [Fact]
    public async Task The_forward_rule_is_shown_with_its_mode()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["forward"],
            ("GET 5 ~/forward", "200 5 ok ver=7 val=carol@localhost lease=20"),
            ("GET 6 ~/forward/mode", "200 6 ok ver=6 val=proxy")));
        Assert.Equal(["messages go to carol@localhost (proxy), for 20 s more"], _cli.Lines);
    }

    [Fact]
    public async Task No_forward_rule_is_no_error()
    {
        Assert.Equal(
            ExitCode.Ok, await _cli.Exchange(_server, ["forward"], ("GET 5 ~/forward", "404 5 not-found")));
        Assert.Equal(["nothing is forwarded"], _cli.Lines);
    }

    [Fact]
    public async Task People_are_found_in_the_own_domain()
    {
        var found = CliExchange.List("200 5 ok type=text/pip-who", "bob@localhost name=Robert%20Ott", "otto@localhost");

        Assert.Equal(
            ExitCode.Ok, await _cli.Exchange(_server, ["find", "ott"], ("FIND 5 localhost q=ott", found)));
        Assert.Equal(["bob@localhost   Robert Ott", "otto@localhost"], _cli.Lines);
    }

    [Fact]
    public async Task Nobody_found_is_said_beside_the_result()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server,
            ["find", "ott", "--domain", "far.example", "--max", "3"],
            ("FIND 5 far.example q=ott max=3", "200 5 ok type=text/pip-who {0}\r\n")));
        Assert.Equal(("", true), (_cli.Out, _cli.Error.Contains("nobody", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("bob@localhost")]
    [InlineData("~")]
    public async Task Endpoints_are_located(string whose)
    {
        var found = CliExchange.List("200 5 ok type=text/pip-props", "ep/desk/status ver=1 val=online");

        Assert.Equal(ExitCode.Ok,
            await _cli.Exchange(_server, ["locate", whose], ($"LOCATE 5 {whose}", found)));
        Assert.Equal(["ep/desk/status  online"], _cli.Lines);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("get", "no place")]
    [InlineData("set", "~/note")]
    [InlineData("set", "~/note", "x", "--lease", "0")]
    [InlineData("find", "ott", "--domain", "bob@localhost")]
    [InlineData("find", "o")]
    [InlineData("forward", "carol@localhost", "--off")]
    [InlineData("forward", "carol@localhost", "--mode", "hide")]
    [InlineData("forward", "--mode", "proxy")]
    [InlineData("forward", "--lease", "60")]
    public async Task Wrong_usage_is_found_before_anybody_is_asked(params string[] typed) =>
        Assert.Equal(ExitCode.Usage, await _cli.Run(typed));
}
