using System.Buffers;
using System.Text;
using Presence.Protocol.Bodies;

namespace Presence.Protocol.Tests.Bodies;

public sealed class LineBodyWriterTests
{
    [Fact]
    public void The_container_of_E4_has_141_octets()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(output);
        Property(ref writer, "kind", 1786327800000000, "user");
        Property(ref writer, "name", 1786327800000000, "Bob Ott");
        writer.Item("status");
        writer.Param("ver", 1795327812050000);
        writer.Param("val", "dnd");
        writer.Param("t", new DateTimeOffset(2026, 11, 22, 6, 10, 12, 50, TimeSpan.Zero));
        writer.End();

        Assert.Equal(141, output.WrittenCount);
    }

    [Fact]
    public void The_results_of_E17_read_back()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(output);
        foreach (var (address, code, reason) in
            new[] { ("bob@b.example", "202", "accepted"), ("carol@b.example", "202", "accepted"),
                ("dave@a.example", "480", "unavailable") })
        {
            writer.Item(address, code, reason);
            writer.End();
        }

        Assert.Equal(90, output.WrittenCount);
        Assert.True(LineBodyReader.TryReadAll(output.WrittenSpan, 3, out var items, out _));
        Assert.Equal(("dave@a.example", "480", "unavailable"), (items[2].First, items[2].Second, items[2].Third));
    }

    [Fact]
    public void A_parameter_is_escaped_and_keeps_its_mark()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(output);
        writer.Item("note");
        writer.Param(new Presence.Protocol.Framing.Parameter("val", "a\r\nb", true));
        writer.End();

        Assert.Equal("note !val=a%0D%0Ab\r\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a=b")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void A_token_that_breaks_the_line_is_the_callers_mistake(string token)
    {
        Assert.Throws<ArgumentException>(() => new LineBodyWriter(new ArrayBufferWriter<byte>()).Item(token));
        Assert.Throws<ArgumentException>(() => new LineBodyWriter(new ArrayBufferWriter<byte>()).Item("a", "b", token));
        Assert.Throws<ArgumentException>(() => new LineBodyWriter(new ArrayBufferWriter<byte>()).Item("a", null, "c"));
    }

    [Fact]
    public void Calls_out_of_turn_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new LineBodyWriter(new ArrayBufferWriter<byte>()).End());
        Assert.Throws<InvalidOperationException>(
            () => new LineBodyWriter(new ArrayBufferWriter<byte>()).Param("a", "b"));
        Assert.Throws<InvalidOperationException>(() =>
        {
            var writer = new LineBodyWriter(new ArrayBufferWriter<byte>());
            writer.Item("a");
            writer.Item("b");
        });
    }

    private static void Property(ref LineBodyWriter writer, string path, long version, string value)
    {
        writer.Item(path);
        writer.Param("ver", version);
        writer.Param("val", value);
        writer.End();
    }
}
