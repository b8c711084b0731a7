using System.Text;
using Presence.Testing.Wire;

namespace Presence.Testing.Tests.Wire;

public sealed class FrameReaderTests
{
    [Fact]
    public async Task Lines_end_in_LF_or_CR_LF_and_bodies_are_counted()
    {
        var reader = Over("\r\n220 0 ready\r\nMSG #1 ~ {5}\na\r\nb}\n200 1 ok {0}\r\n\r\n");

        Assert.Equal("220 0 ready", (await reader.Read(default))!.Line);
        var message = (await reader.Read(default))!;
        Assert.Equal("MSG #1 ~", message.Line);
        Assert.Equal("a\r\nb}"u8.ToArray(), message.Body!);
        Assert.Empty((await reader.Read(default))!.Body!);
        Assert.Null(await reader.Read(default));
    }

    [Theory]
    [InlineData("200 1 ok {05}\n")]
    [InlineData("200 1 ok {+5}\n")]
    [InlineData("200 1 ok {}\n")]
    [InlineData("200 1 ok {5\n")]
    [InlineData("200 1 o}k\n")]
    [InlineData("200 1 ok{5}\nhello\n")]
    [InlineData("200 1 ok {99999999999}\n")]
    [InlineData("200 1 ok {2}\nhello\n")]
    [InlineData("200 1 ok {9}\nhello\n")]
    [InlineData("200 1\tok\n")]
    [InlineData("200 1 o\rk\n")]
    [InlineData("200 1 o")]
    [InlineData("200 1 \xC3\n")]
    public async Task A_breach_of_the_framing_is_noticed(string wire)
    {
        var reader = Over(wire);

        await Assert.ThrowsAsync<WireException>(async () => await reader.Read(default));
    }

    private static FrameReader Over(string wire) => new(new MemoryStream(Encoding.Latin1.GetBytes(wire)));
}
