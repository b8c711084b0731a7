using Presence.Cli.Tests.Scripts;
using Presence.Client.Tests.Scripts;

namespace Presence.Cli.Tests.Commands.Access;

/// <summary>acl, block, allow, lists, approve, deny, watchers.</summary>
public sealed class AccessCommandTests : IAsyncLifetime
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
    public async Task An_access_list_is_shown_in_the_form_in_which_it_is_set()
    {
        var shown = CliExchange.List(
            "200 5 ok ver=7 at=~ type=text/pip-acl", "allow bob@localhost read,sub path=presence", "ask * sub");

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["acl", "show", "~/note"], ("GETACL 5 ~/note", shown)));
        Assert.Equal(
            ["# ~/note: version 7, from ~", "allow bob@localhost read,sub path=presence", "ask * sub"], _cli.Lines);
    }

    [Fact]
    public async Task An_access_list_for_scripts_is_an_object_a_line()
    {
        var shown = CliExchange.List("200 5 ok ver=7 type=text/pip-acl", "ask * sub");

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["acl", "show", "--json"], ("GETACL 5 ~", shown)));
        Assert.Equal(
            [
                """{"event":"acl","place":"~","version":7}""",
                """{"event":"entry","effect":"ask","principal":"*","rights":"sub"}""",
            ],
            _cli.Lines);
    }

    [Fact]
    public async Task Lines_set_an_access_list_if_the_version_is_still_that()
    {
        const string Body = "allow bob@localhost read,sub\r\ndeny * all\r\n";
        string[] typed = ["acl", "set", "~/note", "allow  bob@localhost read,sub", "deny * all", "--if", "7"];

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, typed,
            ($"SETACL 5 ~/note if=7 type=text/pip-acl {{{Body.Length}}}|{Body}", "200 5 ok ver=8")));
        Assert.Equal(["access list of ~/note set, version 8"], _cli.Lines);
    }

    [Fact]
    public async Task Lines_may_come_from_the_input()
    {
        _cli.In = new StringReader("# ~: version 7\r\n\r\nask * sub\n");

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["acl", "set", "~", "-"],
            ("SETACL 5 ~ type=text/pip-acl {11}|ask * sub\r\n", "200 5 ok ver=8")));
    }

    [Fact]
    public async Task A_changed_list_is_told_with_its_version_and_what_to_do()
    {
        Assert.Equal(ExitCode.Refused, await _cli.Exchange(_server, ["acl", "set", "~", "ask * sub", "--if", "7"],
            ("SETACL 5 ~ if=7 type=text/pip-acl {11}|ask * sub\r\n", "412 5 version-mismatch ver=9")));
        Assert.Contains("412 version-mismatch, the version is 9. Somebody changed it", _cli.Error);
    }

    [Fact]
    public async Task Clearing_sends_an_empty_list() =>
        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["acl", "clear", "pip:alice@localhost/note"],
            ("SETACL 5 alice@localhost/note type=text/pip-acl {0}|", "200 5 ok ver=9")));

    [Theory]
    [InlineData("BLOCK 5 ~ who=bob@localhost", "block", "bob@localhost")]
    [InlineData("BLOCK 5 ~ who=bob@localhost", "block", "pip:bob@localhost?send")]
    [InlineData("BLOCK 5 ~ who=*@far.example mode=explicit", "block", "*@far.example", "--explicit")]
    [InlineData("BLOCK 5 chess@localhost who=bob@localhost scope=send", "block", "bob@localhost", "--scope", "send",
        "--on", "chess@localhost")]
    [InlineData("UNBLOCK 5 ~ who=bob@localhost", "unblock", "bob@localhost")]
    [InlineData("ALLOW 5 ~ who=member:chess@localhost", "allow", "member:chess@localhost")]
    [InlineData("UNALLOW 5 ~ who=bob@localhost", "unallow", "bob@localhost")]
    [InlineData("APPROVE 5 ~ who=bob@localhost", "approve", "bob@localhost")]
    [InlineData("APPROVE 5 ~/ep who=bob@localhost rights=read", "approve", "bob@localhost", "--rights", "read", "--on",
        "~/ep")]
    [InlineData("DENY 5 ~ who=bob@localhost", "deny", "bob@localhost")]
    [InlineData("DENY 5 chess@localhost who=bob@localhost mode=explicit", "deny", "bob@localhost", "--explicit", "--on",
        "chess@localhost")]
    public async Task People_are_let_in_and_shut_out(string request, params string[] typed)
    {
        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, typed, (request, "200 5 ok ver=3")));
        Assert.Single(_cli.Lines);
    }

    [Fact]
    public async Task Both_lists_and_the_mode_are_shown()
    {
        var lists = CliExchange.List("200 5 ok mode=only type=text/pip-who",
            "mallory@localhost list=block mode=polite", "bob@localhost list=allow");

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["lists"], ("LISTS 5 ~", lists)));
        Assert.Equal(
            ["served: nobody but the allow list", "block  mallory@localhost  polite", "allow  bob@localhost"],
            _cli.Lines);
    }

    [Fact]
    public async Task Watchers_and_queries_are_a_table()
    {
        var watchers = CliExchange.List("200 5 ok type=text/pip-who",
            "carol@localhost what=sub state=pending id=c since=2026-11-22T06:10:00.000Z",
            "anon what=query n=2 denied=1 last=2026-11-22T06:11:00.000Z",
            "dave@localhost what=query n=1 last=2026-11-22T06:12:00.000Z");

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(_server, ["watchers", "--queries", "--since", "2026-11-22"],
            ("WATCHERS 5 ~ what=sub,query since=2026-11-22T00:00:00.000Z", watchers)));
        Assert.Equal(
            [
                "carol@localhost  pending                   since 2026-11-22T06:10:00.000Z",
                "anon             asked 2 times, refused 1  last 2026-11-22T06:11:00.000Z",
                "dave@localhost   asked once                last 2026-11-22T06:12:00.000Z",
            ],
            _cli.Lines);
    }

    [Fact]
    public async Task Watchers_are_read_to_the_last_page()
    {
        var first = CliExchange.List("200 5 ok next=1 type=text/pip-who", "bob@localhost what=sub state=active");
        var last = CliExchange.List("200 6 ok type=text/pip-who", "carol@localhost what=sub state=active");

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(
            _server, ["watchers"], ("WATCHERS 5 ~", first), ("WATCHERS 6 ~ after=1", last)));
        Assert.Equal(["bob@localhost    active", "carol@localhost  active"], _cli.Lines);
    }

    [Fact]
    public async Task Watchers_for_scripts_keep_the_words_of_the_wire()
    {
        var watchers = CliExchange.List("200 5 ok type=text/pip-who", "anon what=query n=2");

        Assert.Equal(
            ExitCode.Ok, await _cli.Exchange(_server, ["watchers", "--json"], ("WATCHERS 5 ~", watchers)));
        Assert.Equal(["""{"event":"watcher","who":"anon","what":"query","n":2}"""], _cli.Lines);
    }

    [Theory]
    [InlineData("acl")]
    [InlineData("acl", "set", "~")]
    [InlineData("acl", "set", "~", "permit bob@localhost read")]
    [InlineData("acl", "set", "~", "# nothing")]
    [InlineData("acl", "set", "~", "ask * sub", "--if", "-1")]
    [InlineData("block", "*")]
    [InlineData("block", "bob@localhost", "--scope", "everything")]
    [InlineData("approve", "*@localhost")]
    [InlineData("approve", "pip:bob@localhost/note")]
    [InlineData("deny", "pip:bob:sesam@localhost")]
    [InlineData("watchers", "--since", "yesterday")]
    public async Task Wrong_usage_is_found_before_anybody_is_asked(params string[] typed)
    {
        Assert.Equal(ExitCode.Usage, await _cli.Run(typed));
        Assert.NotEqual("", _cli.Error);
        Assert.DoesNotContain("sesam", _cli.Error);
    }
}
