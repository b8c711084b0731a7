using Presence.Cli.Tests.Scripts;
using Presence.Client.Tests.Scripts;

namespace Presence.Cli.Tests.Commands.Groups;

public sealed class GroupCommandTests : IAsyncLifetime
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
    [InlineData("CREATE 5 chess@localhost kind=group", "create", "chess@localhost")]
    [InlineData("CREATE 5 chess@localhost kind=group join=open send=all list=nobody anon=yes rule=domain", "create",
        "chess@localhost", "--join", "open", "--send", "all", "--list", "nobody", "--anon", "yes", "--rule", "domain")]
    [InlineData("CREATE 5 chess@localhost kind=group type=text/pip-props {23}|topic val=The%20Queen\r\n", "create",
        "chess@localhost", "--topic", "The Queen")]
    [InlineData("DESTROY 5 chess@localhost if=7", "destroy", "chess@localhost", "--if", "7")]
    [InlineData("LEAVE 5 chess@localhost", "leave", "chess@localhost")]
    [InlineData("LEAVE 5 chess@localhost who=bob@localhost", "remove", "chess@localhost", "bob@localhost")]
    public async Task A_group_is_made_changed_and_left(string request, params string[] typed)
    {
        Assert.Equal(
            ExitCode.Ok, await _cli.Exchange(_server, ["group", .. typed], (request, "200 5 ok ver=3")));
        Assert.Single(_cli.Lines);
    }

    [Theory]
    [InlineData("JOIN 5 chess@localhost", "200 5 ok state=member", "alice@localhost is member of chess@localhost",
        "join", "pip:chess@localhost?join")]
    [InlineData("JOIN 5 chess@localhost classes=games.>,news.*", "202 5 pending state=pending",
        "alice@localhost waits for a moderator of chess@localhost",
        "join", "chess@localhost", "--classes", "games.>,news.*")]
    [InlineData("JOIN 5 chess@localhost classes=", "200 5 ok state=member",
        "alice@localhost is member of chess@localhost", "join", "chess@localhost", "--classes", "")]
    [InlineData("JOIN 5 localhost/interest/games.>", "200 5 ok",
        "alice@localhost is in localhost/interest/games.>", "join", "localhost/interest/games.>")]
    [InlineData("JOIN 5 chess@localhost who=bob@localhost", "202 5 accepted state=invited",
        "bob@localhost is invited to chess@localhost", "invite", "chess@localhost", "bob@localhost")]
    [InlineData("JOIN 5 chess@localhost who=bob@localhost role=moderator", "200 5 ok state=moderator",
        "bob@localhost is moderator of chess@localhost", "role", "chess@localhost", "bob@localhost", "moderator")]
    public async Task What_somebody_is_afterwards_is_told(
        string request, string answer, string told, params string[] typed)
    {
        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["group", .. typed], (request, answer)));
        Assert.Equal([told], _cli.Lines);
    }

    [Fact]
    public async Task Members_are_a_table_below_their_number()
    {
        var members = CliExchange.List("200 5 ok n=2 type=text/pip-who",
            "alice@localhost role=owner", "bob@localhost role=member", "carol@localhost state=pending");

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["group", "members", "chess@localhost"],
            ("MEMBERS 5 chess@localhost max=500", members)));
        Assert.Equal(
            [
                "members of chess@localhost: 2", "alice@localhost  owner", "bob@localhost    member",
                "carol@localhost  pending",
            ],
            _cli.Lines);
    }

    [Fact]
    public async Task Members_are_read_to_the_last_page()
    {
        var page = Enumerable.Range(1000, 500).Select(number => $"u{number}@localhost role=member").ToArray();

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["group", "members", "chess@localhost", "--json"],
            ("MEMBERS 5 chess@localhost max=500", CliExchange.List("200 5 ok n=501 type=text/pip-who", page)),
            ("MEMBERS 6 chess@localhost max=500 after=u1499@localhost",
                CliExchange.List("200 6 ok n=501 type=text/pip-who", "u1500@localhost role=owner"))));
        Assert.Equal(502, _cli.Lines.Length);
        Assert.Equal("""{"event":"members","group":"chess@localhost","n":501}""", _cli.Lines[0]);
        Assert.Equal("""{"event":"member","who":"u1500@localhost","role":"owner"}""", _cli.Lines[^1]);
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_meaning()
    {
        Assert.Equal(ExitCode.Refused, await _cli.Exchange(_server, ["group", "create", "alice@localhost"],
            ("CREATE 5 alice@localhost kind=group", "409 5 conflict")));
        Assert.Contains("409 conflict. It clashes with what is there already", _cli.Error);
    }

    [Theory]
    [InlineData("create", "chess@localhost", "--join", "perhaps")]
    [InlineData("role", "chess@localhost", "bob@localhost", "king")]
    [InlineData("invite", "chess@localhost")]
    [InlineData("members", "chess@localhost/topic")]
    public async Task Wrong_usage_is_found_before_anybody_is_asked(params string[] typed) =>
        Assert.Equal(ExitCode.Usage, await _cli.Run(["group", .. typed]));
}
