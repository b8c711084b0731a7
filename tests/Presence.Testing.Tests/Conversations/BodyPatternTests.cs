using System.Text;
using Presence.Testing.Conversations;

namespace Presence.Testing.Tests.Conversations;

public sealed class BodyPatternTests
{
    private const string Items = "kind ver=1 val=user\r\nstatus ver=7 val=dnd t=x\r\n";

    [Fact]
    public void Lines_are_joined_by_CR_LF_and_an_empty_last_one_ends_the_body_in_CR_LF() =>
        Assert.Null(Mismatch("alice| kind ver=1 val=user|alice| status ver=7 val=dnd t=x|alice|", Items));

    [Fact]
    public void Items_come_in_any_order() =>
        Assert.Null(Mismatch("alice|item status ver=$v val=dnd t=*|alice|item kind ver=* val=user", Items));

    [Theory]
    [InlineData("alice|item kind ver=* val=user", "the item status")]
    [InlineData("alice|item kind ver=* val=group|alice|item ...", "no item like kind")]
    [InlineData("alice|noitem status ...|alice|item ...", "rules out")]
    [InlineData("alice| something else", "its body is another")]
    public void What_does_not_match_is_told(string body, string reason) =>
        Assert.Contains(reason, Mismatch(body, Items));

    [Fact]
    public void Items_end_in_a_line_end() =>
        Assert.Contains("no line end", Mismatch("alice|item kind ...", "kind ver=1"));

    [Fact]
    public void The_size_counts()
    {
        var pattern = BodyParser.Pattern([], 5);

        Assert.Null(pattern.Mismatch("hello"u8.ToArray(), new Bindings()));
        Assert.Contains("6 octets", pattern.Mismatch("hello!"u8.ToArray(), new Bindings()));
        Assert.Contains("no body", pattern.Mismatch(null, new Bindings()));
    }

    [Fact]
    public void The_story_itself_is_counted()
    {
        var lines = Lines("alice| hello");

        Assert.Equal("hello"u8.ToArray(), BodyParser.Octets(lines, 5));
        Assert.Throws<FormatException>(() => BodyParser.Octets(lines, 6));
    }

    [Fact]
    public void Hex_and_raw_lines_follow_one_another() =>
        Assert.Equal("ab\r\nc"u8.ToArray(), BodyParser.Octets(Lines(@"alice|hex 61 62|alice|raw \r\nc"), null));

    private static string? Mismatch(string pattern, string body) =>
        BodyParser.Pattern(Lines(pattern), null).Mismatch(Encoding.UTF8.GetBytes(body), new Bindings());

    /// <summary>Lines are told apart by `|alice`.</summary>
    private static List<ActorLine> Lines(string text) =>
    [
        .. text.Split("|alice").Select((line, index) => index == 0 ? line : "alice" + line)
            .Select((line, index) => ActorLine.Parse(new SourceLine(index + 1, line))!),
    ];
}
