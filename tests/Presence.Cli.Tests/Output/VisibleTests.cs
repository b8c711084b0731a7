using Presence.Cli.Output;

namespace Presence.Cli.Tests.Output;

public sealed class VisibleTests
{
    [Theory]
    [InlineData("a\u001b[31mred", @"a\u{001B}[31mred")]
    [InlineData("\0\a\b\t\n\r\u007f", @"\u{0000}\u{0007}\u{0008}\u{0009}\u{000A}\u{000D}\u{007F}")]
    [InlineData("\u0080\u009b\u009f", @"\u{0080}\u{009B}\u{009F}")]
    [InlineData("abc\u202Etxt.exe\u202C", @"abc\u{202E}txt.exe\u{202C}")]
    [InlineData("\u061C\u200E\u200F\u202A\u2066\u2069", @"\u{061C}\u{200E}\u{200F}\u{202A}\u{2066}\u{2069}")]
    [InlineData("\u2028\u2029\uFEFF\u200B", @"\u{2028}\u{2029}\u{FEFF}\u{200B}")]
    [InlineData("\U000E0041", @"\u{E0041}")]
    public void What_could_deceive_is_shown_as_a_number(string text, string shown) =>
        Assert.Equal(shown, Visible.Text(text));

    [Theory]
    [InlineData("Grüße, 世界 👍🏽 שלום")]
    [InlineData(@"C:\new {0} %20")]
    [InlineData("family 👨‍👩‍👧")]
    public void Everything_else_stays_as_it_is(string text) => Assert.Equal(text, Visible.Text(text));

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() =>
        Assert.Equal("a\uFFFDb", Visible.Text("a\uD800b"));

    [Fact]
    public void Only_LF_and_CR_LF_end_a_line() =>
        Assert.Equal(["one", "two", @"three\u{000D}four"], Visible.Lines("one\r\ntwo\nthree\rfour"));
}
