using System.Buffers.Text;
using Presence.Cli.Tests.Scripts;
using Presence.Client.Tests.Scripts;
using Presence.Model.Access;

namespace Presence.Cli.Tests.Commands.Properties;

/// <summary>Passphrases are proven, asked for, and never shown.</summary>
public sealed class PassphraseTests : IAsyncLifetime
{
    private const string Secret = "sesam öffne dich";
    private const string Salt = "MDEyMzQ1Njc4OTo7PD0-Pw";
    private const string Challenge = $"401 5 pass-required salt={Salt} i=20000 nonce=n1";

    private readonly ScriptedServer _server = new();
    private CliRun _cli = null!;

    private static string Proof => Base64Url.EncodeToString(
        PassphraseVerifier.Derive("diary", Secret, Base64Url.DecodeFromChars(Salt))
            .Prove("n1", "alice@localhost", "GET", "bob@localhost/diary"));

    public ValueTask InitializeAsync()
    {
        _cli = CliRun.At(_server);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_passphrase_is_proven_when_it_was_typed()
    {
        _cli.Secrets.Enqueue(Secret);

        Assert.Equal(ExitCode.Ok, await Get("get", "bob@localhost/diary", "--passphrase"));
        Assert.Contains("    Nothing happened.", _cli.Out);
    }

    [Fact]
    public async Task A_passphrase_may_come_from_the_variable()
    {
        _cli.Variables["PRESENCE_PASSPHRASE"] = Secret;

        Assert.Equal(ExitCode.Ok, await Get("get", "bob@localhost/diary", "--passphrase"));
    }

    [Fact]
    public async Task A_passphrase_in_a_URI_is_proven_and_not_shown()
    {
        Assert.Equal(
            ExitCode.Ok, await Get("get", "pip:bob@localhost/diary?query;pass=sesam%20%C3%B6ffne%20dich", "--json"));
        Assert.DoesNotContain("sesam", _cli.Out + _cli.Error);
    }

    [Fact]
    public async Task A_wrong_passphrase_is_refused_with_its_meaning()
    {
        _cli.Secrets.Enqueue(Secret);

        Assert.Equal(ExitCode.Refused, await _cli.Exchange(_server, ["get", "bob@localhost/diary", "--passphrase"],
            ("GET 5 bob@localhost/diary pass=yes", Challenge),
            ($"GET 6 bob@localhost/diary nonce=n1 proof={Proof}", Challenge.Replace(" 5 ", " 6 "))));
        Assert.Contains("401 pass-required. It is behind a passphrase", _cli.Error);
    }

    [Fact]
    public async Task What_is_behind_a_passphrase_is_watched_by_proving_it_once()
    {
        _cli.Secrets.Enqueue(Secret);
        var run = _cli.Run("watch", "bob@localhost/diary", "--passphrase", "--count", "1");
        await _server.LetIn();
        var asked = await _server.Hear() ?? "";
        Assert.StartsWith("SUB 5 bob@localhost/diary id=", asked);
        Assert.EndsWith(" pass=yes", asked);
        await _server.Say(Challenge);
        var id = asked.Split(' ')[3];
        var proof = Base64Url.EncodeToString(
            PassphraseVerifier.Derive("diary", Secret, Base64Url.DecodeFromChars(Salt))
                .Prove("n1", "alice@localhost", "SUB", "bob@localhost/diary"));
        Assert.Equal(asked.Replace("SUB 5", "SUB 6").Replace("pass=yes", $"nonce=n1 proof={proof}"), await _server.Hear());
        await _server.Say("200 6 ok state=active", $"NOTIFY #1 bob@localhost/diary {id} ver=3 val=Nothing");
        await _server.Exchange("ACK #1");
        await _server.Exchange("QUIT 7", "221 7 bye");

        Assert.Equal(ExitCode.Ok, await run);
        Assert.Equal(["- bob@localhost/diary Nothing"], _cli.Lines);
    }

    [Fact]
    public async Task One_passphrase_is_for_one_place() =>
        Assert.Equal(ExitCode.Usage, await _cli.Run("watch", "bob@localhost/diary", "carol@localhost", "--passphrase"));

    [Theory]
    [InlineData("salt=MDEyMzQ1Njc4OTo7PD0-Pw i=19999 nonce=n1")]
    [InlineData("salt=MDEyMzQ1Njc4OTo7PD0-Pw i=2000000000 nonce=n1")]
    [InlineData("salt=** i=20000 nonce=n1")]
    [InlineData("i=20000 nonce=n1")]
    [InlineData("salt=MDEyMzQ1Njc4OTo7PD0-Pw i=20000")]
    public async Task A_challenge_that_would_betray_the_passphrase_is_not_answered(string challenge)
    {
        _cli.Secrets.Enqueue(Secret);

        Assert.Equal(ExitCode.CannotConnect, await _cli.Exchange(
            _server, ["get", "bob@localhost/diary", "--passphrase"],
            ("GET 5 bob@localhost/diary pass=yes", $"401 5 pass-required {challenge}")));
    }

    [Fact]
    public async Task A_passphrase_is_set_when_typed_twice()
    {
        _cli.Secrets.Enqueue("sesam");
        _cli.Secrets.Enqueue("sesam");

        Assert.Equal(ExitCode.Ok, await _cli.Exchange(
            _server, ["passphrase", "set", "diary"], ("SET 5 ~/pass/diary val=sesam", "200 5 ok ver=1")));
        Assert.Equal(["passphrase diary set; who proves it is pass:diary in access lists"], _cli.Lines);
    }

    [Fact]
    public async Task A_passphrase_is_removed() =>
        Assert.Equal(ExitCode.Ok, await _cli.Exchange(
            _server, ["passphrase", "remove", "diary"], ("DEL 5 ~/pass/diary", "200 5 ok ver=1")));

    [Theory]
    [InlineData("sesam", "simsim", "differ")]
    [InlineData("", "", "at least one")]
    public async Task A_mistyped_passphrase_is_not_set(string first, string second, string told)
    {
        _cli.Secrets.Enqueue(first);
        _cli.Secrets.Enqueue(second);

        Assert.Equal(ExitCode.Usage, await _cli.Run("passphrase", "set", "diary"));
        Assert.Contains(told, _cli.Error);
    }

    [Theory]
    [InlineData("passphrase", "set", "diary")]
    [InlineData("passphrase", "set", "my diary")]
    [InlineData("get", "bob@localhost/diary", "--passphrase")]
    [InlineData("get", "pip:bob@localhost/no place?query;pass=sesam")]
    [InlineData("get", "pip:bob@localhost/diary?dance;pass=sesam;x=1")]
    [InlineData("get", "bob@localhost/diary", "pip:bob@localhost/diary?query;PASS=sesam")]
    [InlineData("get", "pip:bob@localhost/diary?pass=sesam")]
    [InlineData("get", "bob@localhost/diary;pass=open;sesam")]
    [InlineData("send", "pip:bob@localhost/diary?query;pass=sesam", "hi")]
    [InlineData("frobnicate", "pip:bob@localhost/diary?query;pass=sesam")]
    [InlineData("block", "pip:bob@localhost/diary?query;pass=sesam")]
    public async Task No_complaint_repeats_a_passphrase(params string[] typed)
    {
        Assert.Equal(ExitCode.Usage, await _cli.Run(typed));
        Assert.NotEqual("", _cli.Error);
        Assert.DoesNotContain("sesam", _cli.Error + _cli.Out);
    }

    private Task<int> Get(params string[] typed) => _cli.Exchange(_server, typed,
        ("GET 5 bob@localhost/diary pass=yes", Challenge),
        ($"GET 6 bob@localhost/diary nonce=n1 proof={Proof}", "200 6 ok ver=7 type=text/plain {17}\r\nNothing happened."));
}
