using Presence.Testing.Conversations;
using Presence.Testing.Wire;

namespace Presence.Testing.Tests.Conversations;

public sealed class LinePatternTests
{
    private readonly Bindings _bindings = new();

    [Theory]
    [InlineData("200 5 ok ver=* val=x", "200 5 ok val=x ver=7")]
    [InlineData("200 5 ok ...", "200 5 ok val=x ver=7")]
    [InlineData("200 5 ok val=a%20b", "200 5 ok val=a%20b")]
    [InlineData("200 5 ok auth=*SHA-256*", "200 5 ok auth=PLAIN,SCRAM-SHA-256-PLUS")]
    [InlineData("200 5 ok val=%2A", "200 5 ok val=*")]
    [InlineData("200 5 ok val=", "200 5 ok val=")]
    [InlineData("* 5 *", "435 5 auth-failed")]
    [InlineData("NOTIFY #* bob@localhost/status val=x", "NOTIFY #7 bob@localhost/status val=x prev=4")]
    [InlineData("400 5 bad-request", "400 5 bad-request text=two%20spaces lang=en")]
    public void Lines_that_match(string pattern, string line) => Assert.Null(Mismatch(pattern, line));

    [Theory]
    [InlineData("200 5 ok val=x", "200 6 ok val=x", "word 2")]
    [InlineData("200 5 ok val=x", "200 5 ok val=y", "the parameter val is \"y\", the story says x")]
    [InlineData("200 5 ok val=x", "200 5 ok", "val is missing")]
    [InlineData("200 5 ok", "200 5 ok val=x", "the parameter val, of which the story says nothing")]
    [InlineData("200 5 ok", "200 5", "2 words")]
    [InlineData("200 5 ok prev=*", "200 5 ok", "prev is missing")]
    [InlineData("GET 5 ~", "GET 5 ~ text=x", "text")]
    [InlineData("200 5 ok val=*x*x", "200 5 ok val=x", "val is")]
    public void Lines_that_do_not_match(string pattern, string line, string reason) =>
        Assert.Contains(reason, Mismatch(pattern, line));

    [Fact]
    public void The_order_of_parameters_counts_only_when_it_is_asked_for()
    {
        const string line = "200 5 ok ver=7 val=x";

        Assert.Null(Mismatch("200 5 ok val=x ver=7", line));
        Assert.Null(Mismatch("200 5 ok ver=7 val=x", line, exact: true));
        Assert.Contains("another order", Mismatch("200 5 ok val=x ver=7", line, exact: true));
    }

    [Fact]
    public void A_variable_is_bound_once_and_compared_later()
    {
        Assert.Null(Mismatch("200 5 ok ver=$v", "200 5 ok ver=7"));
        Assert.Null(Mismatch("NOTIFY #$n x ver=$v", "NOTIFY #3 x ver=7"));
        Assert.Equal("3", _bindings["n"]);
        Assert.Contains("but $v is \"7\"", Mismatch("200 6 ok ver=$v", "200 6 ok ver=8"));
    }

    [Fact]
    public void A_number_may_have_to_be_greater()
    {
        _bindings.Bind("v", "9");

        Assert.Null(Mismatch("200 5 ok ver=$w>$v", "200 5 ok ver=10"));
        Assert.Equal("10", _bindings["w"]);
        Assert.Null(Mismatch("200 5 ok ver=*>$v", "200 5 ok ver=11"));
        Assert.Contains("not greater", Mismatch("200 5 ok ver=*>$v", "200 5 ok ver=9"));
        Assert.Contains("not greater", Mismatch("200 5 ok ver=*>$v", "200 5 ok ver=abc"));
        Assert.Contains("no value yet", Mismatch("200 5 ok ver=*>$x", "200 5 ok ver=9"));
    }

    [Fact]
    public void A_frame_that_does_not_match_binds_nothing()
    {
        var frame = new FramePattern("", LinePattern.Parse("200 5 ok a=$a b=2", exact: false), null);

        Assert.NotNull(frame.Mismatch(new WireFrame("200 5 ok a=1 b=3", null), _bindings));

        Assert.Null(_bindings["a"]);
    }

    [Theory]
    [InlineData("200  5")]
    [InlineData("200 a=1 ok")]
    [InlineData("200 5 ok val=x$v")]
    [InlineData("200 5 ok val=$v>7")]
    [InlineData("200 5 ok val=*>$")]
    public void What_is_no_pattern_is_an_error(string pattern) =>
        Assert.Throws<FormatException>(() => LinePattern.Parse(pattern, exact: false));

    [Fact]
    public void Exact_and_further_parameters_contradict_each_other() =>
        Assert.Throws<FormatException>(() => LinePattern.Parse("200 5 ok ...", exact: true));

    private string? Mismatch(string pattern, string line, bool exact = false) =>
        LinePattern.Parse(pattern, exact).Mismatch(WireLine.Parse(line), _bindings);
}
