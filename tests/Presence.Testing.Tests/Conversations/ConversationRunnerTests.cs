using Presence.Testing.Conversations;

namespace Presence.Testing.Tests.Conversations;

public sealed class ConversationRunnerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_story_that_is_true_passes()
    {
        using var host = new ScriptedHost(line => line switch
        {
            "" => "220 0 ready v=1.0 id=x\r\n",
            "GET 1 ~" => "200 1 ok ver=7 {5}\r\nhello\r\n",
            "SET 2 ~ if=7" => "NOTIFY #4 ~ val=b prev=1\r\nNOTIFY #5 ~ val=a\r\n200 2 ok\r\n",
            "PING 3" => "200 3 pong\r\n",
            "QUIT 4" => null,
            _ => "",
        });

        await Run(
            host,
            """
            # t
            @users alice:wonderland
            alice: connect
            alice< 220 0 ready id=* v=1.0
            alice> GET 1 ~
            alice< 200 1 ok ver=$v {5}
            alice| hello
            clock +60s
            alice> SET 2 ~ if=$v
            any order
            alice< 200 2 ok
            alice< NOTIFY #* ~ val=a
            alice< NOTIFY #* ~ val=b
            end
            alice: expect nothing
            remove alice
            alice>hex 51 55 49 54 20 34 0A
            alice: closed
            """);

        Assert.Equal(
            ["create alice:wonderland", "connect alice ClearText", "clock 60", "remove alice"], host.Calls);
    }

    [Fact]
    public async Task Login_greets_authenticates_and_binds()
    {
        var binds = new List<string>();
        using var host = new ScriptedHost(line =>
        {
            binds.Add(line);
            return line.Length == 0 ? "220 0 ready\r\n" : $"200 {line.Split(' ')[1]} ok\r\n";
        });

        await Run(host, "# t\n@users alice:wonderland\nalice/phone: login prio=3");

        Assert.Equal(["", "HELLO 1 localhost v=1.0 role=client", "BIND 4 prio=3 ep=phone show=online"], binds);
    }

    [Fact]
    public async Task An_attempt_leaves_the_answer_to_the_story()
    {
        using var host = new ScriptedHost(Polite);

        await Run(
            host,
            """
            # t
            @users alice:wonderland
            alice: attempt password=pencil salt=$s
            alice< 435 3 auth-failed
            alice: attempt password=pencil salt=$s
            alice< 435 5 auth-failed
            alice: authenticate
            alice> GET 8 ~
            alice< 200 8 ok
            """);
    }

    [Fact]
    public async Task A_login_with_a_wrong_password_fails()
    {
        using var host = new ScriptedHost(Polite);

        var message = await Failure(host, "# t\n@users alice:pencil\nalice: login");

        Assert.Contains("received: 435 3 auth-failed", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_failure_tells_line_expectation_frame_reason_and_transcript()
    {
        using var host = new ScriptedHost(line => line.Length == 0 ? "220 0 ready\r\n" : "200 5 ok val=b\r\n");

        var message = await Failure(host, "# A tale\nalice: connect\nalice< 220 0 ready\nalice> GET 5 ~\nalice< 200 5 ok val=a");

        Assert.Equal(
            """
            x.conv:5: A tale
              expected: 200 5 ok val=a
              but received: 200 5 ok val=b
              because the parameter val is "b", the story says a
              alice so far:
                < 220 0 ready
                > GET 5 ~
                < 200 5 ok val=b

            """.ReplaceLineEndings("\n"),
            message.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("alice< 220 0 ready\nalice> NOP 1\nalice< 200 1 ok", "nothing came within 0.2 s")]
    [InlineData("alice< 220 0 ready\nalice> END 1\nalice< 200 1 ok", "the server closed the connection")]
    [InlineData("alice< 220 0 ready\nalice> GET 1 ~\nalice: closed", "received: 200 1 ok")]
    [InlineData("alice< 220 0 ready\nalice> GET 1 ~\nalice: expect nothing", "received: 200 1 ok")]
    [InlineData("alice< 220 0 ready\nalice> BAD 1\nalice< 200 1 ok", "broke the protocol")]
    [InlineData("alice< 220 0 ready\nalice> GAP 1\nalice< NOTIFY #1 ~\nalice< NOTIFY #3 ~", "undeclared gap")]
    [InlineData("any order\nalice< 221 0 bye\nalice< 222 0 bye\nend", "or:       222 0 bye")]
    public async Task A_story_that_is_not_true_fails(string story, string because)
    {
        using var host = new ScriptedHost(Polite);

        var message = await Failure(host, "# t\nalice: connect\n" + story, TimeSpan.FromSeconds(0.2));

        Assert.Contains(because, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_that_may_come_may_also_stay_away()
    {
        using var host = new ScriptedHost(line => line switch
        {
            "" => "220 0 ready\r\n",
            "GET 1 ~" => "NOTIFY #1 ~ val=a\r\n200 1 ok\r\n",
            _ => $"200 {line.Split(' ')[1]} pong\r\n",
        });

        await Run(
            host,
            """
            # t
            alice: connect
            alice< 220 0 ready
            alice> GET 1 ~
            alice<? NOTIFY #* ~ val=b
            alice<? NOTIFY #* ~ val=a
            alice< 200 1 ok
            alice<? NOTIFY #* ~ val=c
            alice: expect nothing
            """);
    }

    private static string? Polite(string line) => line.Split(' ') switch
    {
        [""] => "220 0 ready\r\n",
        ["END", _] => null,
        ["NOP", _] => "",
        ["BAD", _] => "200 1  ok\r\n",
        ["GAP", _] => "NOTIFY #1 ~\r\nNOTIFY #3 ~\r\n",
        [_, var tag, ..] => $"200 {tag} ok\r\n",
        _ => null,
    };

    private static Task Run(ScriptedHost host, string story) =>
        ConversationRunner.Run(
            Conversation.Parse("x.conv", story), host, Patience, TestContext.Current.CancellationToken);

    private static async Task<string> Failure(ScriptedHost host, string story, TimeSpan? patience = null)
    {
        var failure = await Assert.ThrowsAsync<ConversationFailedException>(() => ConversationRunner.Run(
            Conversation.Parse("x.conv", story), host, patience ?? Patience, TestContext.Current.CancellationToken));
        return failure.Message;
    }
}
