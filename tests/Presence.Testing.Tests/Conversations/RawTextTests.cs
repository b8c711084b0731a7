using Presence.Testing.Conversations;

namespace Presence.Testing.Tests.Conversations;

public sealed class RawTextTests
{
    [Fact]
    public void Escapes_stand_for_octets() =>
        Assert.Equal("a\r\n\t\0\\\u001bü"u8.ToArray(), RawText.Parse(@"a\r\n\t\0\\\x1Bü"));

    [Fact]
    public void Parts_repeat() => Assert.Equal("a<><><>12"u8.ToArray(), RawText.Parse(@"a\(<>)*312"[..^2] + @"\x312"));

    [Fact]
    public void Repeated_parts_may_have_escapes() => Assert.Equal("\r\n\r\n"u8.ToArray(), RawText.Parse(@"\(\r\n)*2"));

    [Fact]
    public void Hex_is_octets() => Assert.Equal([0x47, 0x45, 0x54], RawText.ParseHex("47 45 54"));

    [Theory]
    [InlineData(@"\q")]
    [InlineData(@"\")]
    [InlineData(@"\x4")]
    [InlineData(@"\(a)")]
    [InlineData(@"\(a)*")]
    [InlineData(@"\(aaaa)*2000000")]
    public void What_is_no_escape_is_an_error(string text) =>
        Assert.Throws<FormatException>(() => RawText.Parse(text));
}
