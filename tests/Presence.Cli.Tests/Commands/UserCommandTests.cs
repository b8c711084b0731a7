using System.Text;
using Presence.Cli.Tests.Scripts;

namespace Presence.Cli.Tests.Commands;

public sealed class UserCommandTests : IAsyncLifetime
{
    private AdminStub _node = null!;
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await AdminStub.Start();
        _cli = _node.Cli();
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Adding_creates_the_account_under_its_canonical_address()
    {
        Assert.Equal(ExitCode.Ok, await _cli.Run("user", "add", "Alice@LOCALHOST", "--password", "pencil"));

        Assert.Equal("pencil", _node.Users["alice@localhost"]);
        Assert.Equal(["alice@localhost added"], _cli.Lines);
    }

    [Fact]
    public async Task Adding_twice_is_a_conflict()
    {
        _node.Users["alice@localhost"] = "pencil";

        Assert.Equal(ExitCode.Conflict, await _cli.Run("user", "add", "alice@localhost", "--password", "other"));
        Assert.Contains("alice@localhost exists", _cli.Error);
        Assert.Equal("pencil", _node.Users["alice@localhost"]);
    }

    [Fact]
    public async Task A_refused_password_is_told_with_the_reason()
    {
        Assert.Equal(ExitCode.Refused, await _cli.Run("user", "add", "alice@localhost", "--password", "abc"));

        Assert.Contains("the password is too short", _cli.Error);
    }

    [Fact]
    public async Task A_missing_password_comes_from_the_variable()
    {
        _cli.Variables["PRESENCE_PASSWORD"] = "from variable";

        Assert.Equal(ExitCode.Ok, await _cli.Run("user", "add", "alice@localhost"));
        Assert.Equal("from variable", _node.Users["alice@localhost"]);
    }

    [Fact]
    public async Task A_missing_password_is_asked_for_twice()
    {
        _cli.Secrets.Enqueue("typed");
        _cli.Secrets.Enqueue("typed");

        Assert.Equal(ExitCode.Ok, await _cli.Run("user", "add", "alice@localhost"));
        Assert.Equal("typed", _node.Users["alice@localhost"]);
    }

    [Theory]
    [InlineData("typed", "mistyped")]
    [InlineData]
    public async Task Without_a_certain_password_nothing_is_added(params string[] secrets)
    {
        foreach (var secret in secrets)
            _cli.Secrets.Enqueue(secret);

        Assert.Equal(ExitCode.Usage, await _cli.Run("user", "add", "alice@localhost"));
        Assert.Empty(_node.Users);
    }

    [Fact]
    public async Task Listing_prints_one_address_a_line()
    {
        _node.Users["bob@localhost"] = _node.Users["alice@localhost"] = "x";

        Assert.Equal(ExitCode.Ok, await _cli.Run("user", "list"));
        Assert.Equal(["alice@localhost", "bob@localhost"], _cli.Lines);
    }

    [Fact]
    public async Task Listing_for_scripts_prints_objects()
    {
        _node.Users["alice@localhost"] = "x";

        Assert.Equal(ExitCode.Ok, await _cli.Run("user", "list", "--json"));
        Assert.Equal(["""{"address":"alice@localhost"}"""], _cli.Lines);
    }

    [Fact]
    public async Task Removing_and_changing_need_an_account_that_exists()
    {
        Assert.Equal(ExitCode.Conflict, await _cli.Run("user", "remove", "alice@localhost"));
        Assert.Equal(ExitCode.Conflict, await _cli.Run("user", "passwd", "alice@localhost", "--password", "new one"));
        Assert.Contains("there is no alice@localhost", _cli.Error);

        _node.Users["alice@localhost"] = "old";
        Assert.Equal(ExitCode.Ok, await _cli.Run("user", "passwd", "alice@localhost", "--password", "new one"));
        Assert.Equal("new one", _node.Users["alice@localhost"]);
        Assert.Equal(ExitCode.Ok, await _cli.Run("user", "remove", "alice@localhost"));
        Assert.Empty(_node.Users);
    }

    [Fact]
    public async Task An_import_goes_in_batches_of_a_thousand()
    {
        var lines = new StringBuilder();
        for (var number = 1; number <= 2500; number++)
            lines.Append("user").Append(number).Append("@localhost password ").Append(number).Append('\n');

        Assert.Equal(ExitCode.Ok, await _cli.Run("user", "import", _node.FileOf(lines.ToString())));
        Assert.Equal([1000, 1000, 500], _node.Batches);
        Assert.Equal("password 2500", _node.Users["user2500@localhost"]);
        Assert.Equal(["2500 added, 0 existing, 0 refused"], _cli.Lines);
    }

    [Fact]
    public async Task Bad_lines_are_told_with_their_number_in_the_file_and_never_with_the_password()
    {
        _node.Users["b@localhost"] = "x";
        var lines = new StringBuilder("# accounts\n\na@localhost pw\nb@localhost pw\nc@localhost\n");
        for (var number = 6; number <= 1100; number++)
            lines.Append("user").Append(number).Append("@localhost pw\n");

        lines.Append("nobody s3cr3t\n");

        Assert.Equal(ExitCode.Refused, await _cli.Run("user", "import", _node.FileOf(lines.ToString())));
        Assert.Equal(
            [
                "line 5: c@localhost: not 'address password'", "line 1101: nobody: no address",
                "1096 added, 1 existing, 2 refused",
            ],
            _cli.Lines);
    }

    [Fact]
    public async Task An_import_for_scripts_tells_bad_lines_and_counts_as_objects()
    {
        Assert.Equal(ExitCode.Refused, await _cli.Run("user", "import", _node.FileOf("x y\na@x pw\n"), "--json"));

        Assert.Equal(
            [
                """{"event":"refused","line":1,"address":"x","why":"no address"}""",
                """{"event":"imported","added":1,"existing":0,"refused":1}""",
            ],
            _cli.Lines);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_usage() =>
        Assert.Equal(ExitCode.Usage, await _cli.Run("user", "import", Path.Combine(_node.DataDirectory, "none")));

    [Fact]
    public async Task A_wrong_token_is_a_failed_login()
    {
        await File.WriteAllTextAsync(Path.Combine(_node.DataDirectory, "admin.token"), "wrong");

        Assert.Equal(ExitCode.LoginFailed, await _cli.Run("user", "list"));
        Assert.DoesNotContain("wrong", _cli.Error);
    }

    [Fact]
    public async Task Without_a_token_file_or_a_node_there_is_nobody_to_ask()
    {
        _cli.Variables["Presence__Data"] = Path.Combine(_node.DataDirectory, "elsewhere");
        Assert.Equal(ExitCode.CannotConnect, await _cli.Run("user", "list"));
        Assert.Contains("admin.token", _cli.Error);

        _cli.Variables["Presence__Data"] = _node.DataDirectory;
        _cli.Variables["Presence__Listeners__Http"] = "127.0.0.1:1";
        Assert.Equal(ExitCode.CannotConnect, await _cli.Run("user", "list"));
    }

    [Theory]
    [InlineData("user")]
    [InlineData("user", "add")]
    [InlineData("user", "add", "not an address", "--password", "x")]
    [InlineData("user", "list", "surplus")]
    public async Task Wrong_usage_is_two(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, await _cli.Run(arguments));
}
