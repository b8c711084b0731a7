using Presence.Testing.Conversations;

namespace Presence.Testing.Tests.Conversations;

public sealed class ConversationParserTests
{
    [Fact]
    public void A_story_has_a_title_users_conformance_and_steps()
    {
        var story = Parse(
            """
            # Two people talk
            @conformance SUB-02 SUB-04
            @users alice:wonderland bob:b:uilder

            # A comment.
            alice: connect
            alice< 220 0 ready ...
            clock +90s
            alice: cut
            """);

        Assert.Equal("Two people talk", story.Title);
        Assert.Equal(["SUB-02", "SUB-04"], story.Conformance);
        Assert.Equal([new Account("alice", "wonderland"), new Account("bob", "b:uilder")], story.Users);
        Assert.Equal([6, 7, 8, 9], story.Steps.Select(step => step.Line));
        Assert.Equal(TimeSpan.FromSeconds(90), ((ClockStep)story.Steps[2]).By);
    }

    [Fact]
    public void Shorthands_take_the_next_tags_of_their_connection()
    {
        var steps = Parse(
            """
            # t
            @users alice:pw
            alice: login
            alice> GET 7 ~
            alice: expect nothing
            alice/phone: connect
            alice/phone> HELLO 3 localhost
            alice/phone: login prio=5
            alice2: authenticate
            alice2: login ep=desk unseen
            """).Steps;

        var login = (SignInStep)steps[0];
        Assert.Equal(new SignInTags(1, 2, 4), login.Tags);
        Assert.Equal(" ep=alice show=online", login.Options.Bind);
        Assert.Equal(8, ((NothingStep)steps[2]).Tag);
        var phone = (SignInStep)steps[5];
        Assert.Equal(new SignInTags(0, 4, 6), phone.Tags);
        Assert.Equal(" prio=5 ep=phone show=online", phone.Options.Bind);
        Assert.Equal("alice", phone.Options.User);
        Assert.Equal(new SignInTags(0, 0, 4), ((SignInStep)steps[7]).Tags);
        Assert.Equal(" ep=desk", ((SignInStep)steps[7]).Options.Bind);
    }

    [Fact]
    public void Loops_repeat_their_lines()
    {
        var steps = Parse(
            """
            # t
            alice: connect
            for $n in 9..11
            for $m in 1..2
            alice> PING $n$m
            end
            end
            any order
            for $n in 1..3
            alice< 200 $n pong
            end
            end
            """).Steps;

        Assert.Equal(
            ["PING 91", "PING 92", "PING 101", "PING 102", "PING 111", "PING 112"],
            steps.OfType<SendStep>().Select(send => send.Text));
        Assert.Equal(3, Assert.IsType<AnyOrderStep>(steps[^1]).Frames.Count);
    }

    [Theory]
    [InlineData("alice: connect", 1, "title")]
    [InlineData("# t", 1, "nothing happens")]
    [InlineData("# t\nalice> PING 1", 2, "alice has no connection")]
    [InlineData("# t\nalice: connect\nalice: cut\nalice< 220 0 ready", 4, "alice has no connection")]
    [InlineData("# t\nalice: login", 2, "alice is not among @users")]
    [InlineData("# t\nalice: dance", 2, "an actor can connect")]
    [InlineData("# t\nalice: connect\nalice> SET 1 ~ val=$v", 3, "$v has no value")]
    [InlineData("# t\nalice: connect\nalice> PING 1 ", 3, "a space at the end")]
    [InlineData("# t\nalice: connect\nalice> SEND 1 ~ {5}", 3, "if and only if")]
    [InlineData("# t\nalice: connect\nalice> SEND 1 ~\nalice| hello", 3, "if and only if")]
    [InlineData("# t\nalice: connect\nalice> SEND 1 ~ {4}\nalice| hello", 3, "5 octets")]
    [InlineData("# t\nalice: connect\nalice< MSG #1 ~\nalice| hello", 3, "ends in {5}")]
    [InlineData("# t\nalice: connect\nalice| hello", 3, "directly below")]
    [InlineData("# t\nalice: connect\nalice>fast PING 1", 3, "an actor sends with")]
    [InlineData("# t\n@users alice:a\nalice: login\nalice> PING 4", 4, "write 5 or more")]
    [InlineData("# t\nalice: connect\nfor $n in 1..3\nalice> PING $n", 3, "no end")]
    [InlineData("# t\nfor n in 1..3\nend", 2, "write: for $n")]
    [InlineData("# t\nany order\nclock +1s\nend", 3, "in any order stand only frames")]
    [InlineData("# t\nclock 60", 2, "clock +60s")]
    [InlineData("# t\nbonjour", 2, "neither a line of an actor")]
    [InlineData("# t\n@users alice", 2, "write @conformance")]
    public void A_mistake_is_told_with_its_line(string text, int line, string message)
    {
        var fault = Assert.Throws<ConversationFormatException>(() => Conversation.Parse("x.conv", text));

        Assert.StartsWith($"x.conv:{line}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    private static Conversation Parse(string text) => Conversation.Parse("x.conv", text);
}
