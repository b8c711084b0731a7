using Presence.Testing.Wire;

namespace Presence.Testing.Tests.Wire;

public sealed class WireLineTests
{
    [Fact]
    public void Words_come_first_and_values_are_decoded_once()
    {
        var line = WireLine.Parse("NOTIFY #1 bob@localhost/note val=a%2520b%C3%BC ver=7 note=");

        Assert.Equal(["NOTIFY", "#1", "bob@localhost/note"], line.Words);
        Assert.Equal("a%20bü", line["val"]);
        Assert.Equal("", line["note"]);
        Assert.Null(line["absent"]);
        Assert.True(line.IsEvent);
        Assert.False(line.IsResponse);
    }

    [Theory]
    [InlineData("200  1 ok")]
    [InlineData("200 1 ok ")]
    [InlineData("200 1 a=1 ok")]
    [InlineData("200 1 ok a=1 a=2")]
    [InlineData("200 1 ok a=%0a")]
    [InlineData("200 1 ok a=%4")]
    [InlineData("200 1 ok a=%00")]
    [InlineData("200 1 ok a=%C3")]
    [InlineData("a=1")]
    [InlineData("")]
    public void A_breach_of_the_token_rules_is_noticed(string line) =>
        Assert.Throws<WireException>(() => WireLine.Parse(line));
}
