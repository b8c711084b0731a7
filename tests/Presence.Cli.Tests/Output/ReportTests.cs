using Presence.Cli.Output;

namespace Presence.Cli.Tests.Output;

public sealed class ReportTests
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    [Fact]
    public void What_is_inserted_into_a_line_is_made_harmless()
    {
        new Report(_out, _error, isJson: false).Tell($"{"a\u001b{0}"} is {7}", ("x", "y"));

        Assert.Equal(@"a\u{001B}{0} is 7" + Environment.NewLine, _out.ToString());
    }

    [Fact]
    public void For_scripts_a_line_is_one_object_in_ASCII_without_empty_members()
    {
        new Report(_out, _error, isJson: true).Tell($"never shown", ("text", "\u202Eü\n"), ("n", 7), ("none", null));

        Assert.Equal("""{"text":"\u202E\u00FC\n","n":7}""" + Environment.NewLine, _out.ToString());
    }

    [Fact]
    public void No_line_of_a_text_can_pass_for_another_report()
    {
        new Report(_out, _error, isJson: false).TellText($"from bob:", "hi\nfrom alice:\r\n\u001b[2J");

        Assert.Equal("from bob:\n    hi\n    from alice:\n    \\u{001B}[2J" + Environment.NewLine, _out.ToString());
    }

    [Fact]
    public void Remarks_stay_out_of_the_results()
    {
        new Report(_out, _error, isJson: true).Remark($"waiting");

        Assert.Equal(("", "waiting" + Environment.NewLine), (_out.ToString(), _error.ToString()));
    }
}
