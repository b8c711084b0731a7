using System.Buffers;
using System.Text;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

public sealed class FrameWriterTests
{
    private delegate void Writing(ref FrameWriter writer);

    [Fact]
    public void A_request_has_verb_tag_target_and_parameters() =>
        Assert.Equal("SET 6 ~/note val=In%20Zürich%20until%20Friday n=-5 t=2026-11-22T06:10:00.000Z\r\n", Written(
            (ref FrameWriter writer) =>
            {
                writer.Request("SET", 6, "~/note");
                writer.Param("val", "In Zürich until Friday");
                writer.Param("n", -5);
                writer.Param("t", new DateTimeOffset(2026, 11, 22, 7, 10, 0, TimeSpan.FromHours(1)));
                writer.End();
            }));

    [Fact]
    public void An_acknowledgement_is_complete_at_once() =>
        Assert.Equal("ACK #7\r\nPING 1\r\n", Written((ref FrameWriter writer) =>
        {
            writer.Acknowledge(7);
            writer.Request("PING", 1);
            writer.End();
        }));

    [Fact]
    public void An_empty_body_is_announced() =>
        Assert.Equal("200 1 ok {0}\r\n\r\n", Written((ref FrameWriter writer) =>
        {
            writer.Response(200, 1, "ok");
            writer.End([]);
        }));

    [Fact]
    public void Line_ends_in_a_value_cannot_start_another_frame() =>
        Assert.Equal("SET 1 ~ val=a%0D%0APING%202%7B5%7D%25 data=%0A\r\n", Written((ref FrameWriter writer) =>
        {
            writer.Request("SET", 1, "~");
            writer.Param("val", "a\r\nPING 2{5}%");
            writer.Param("data"u8, "\n"u8);
            writer.End();
        }));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a=b")]
    [InlineData("a\r\nQUIT 2")]
    [InlineData("{5}")]
    [InlineData("a%0a")]
    [InlineData("a%00")]
    [InlineData("a\0b")]
    public void A_target_that_breaks_the_line_is_the_callers_mistake(string target) =>
        Throws<ArgumentException>((ref FrameWriter writer) => writer.Request("GET", 1, target));

    [Theory]
    [InlineData("get")]
    [InlineData("GE")]
    [InlineData("GET 1")]
    [InlineData("GETGETGET")]
    [InlineData("GÉT")]
    public void A_verb_that_breaks_the_grammar_is_the_callers_mistake(string verb) =>
        Throws<ArgumentException>((ref FrameWriter writer) => writer.Request(verb, 1));

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("Val")]
    [InlineData("a=b c")]
    [InlineData("abcdefghijklmnopq")]
    public void A_name_that_breaks_the_grammar_is_the_callers_mistake(string name)
    {
        Throws<ArgumentException>((ref FrameWriter writer) =>
        {
            writer.Request("SET", 1);
            writer.Param(name, "x");
        });
        Throws<ArgumentException>((ref FrameWriter writer) =>
        {
            writer.Request("SET", 1);
            writer.Param(Encoding.UTF8.GetBytes(name), "x"u8);
        });
    }

    [Fact]
    public void NUL_and_octets_that_are_not_UTF_8_cannot_be_written()
    {
        Throws<ArgumentException>((ref FrameWriter writer) =>
        {
            writer.Request("SET", 1);
            writer.Param("val", "a\0");
        });
        Throws<ArgumentException>((ref FrameWriter writer) =>
        {
            writer.Request("SET", 1);
            writer.Param("val"u8, [0xC3]);
        });
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() =>
        Assert.Equal("SET 1 val=\uFFFD\r\n", Written((ref FrameWriter writer) =>
        {
            writer.Request("SET", 1);
            writer.Param("val", "\uD83D");
            writer.End();
        }));

    [Fact]
    public void Numbers_out_of_range_are_the_callers_mistake()
    {
        Throws<ArgumentOutOfRangeException>((ref FrameWriter writer) => writer.Request("GET", 0));
        Throws<ArgumentOutOfRangeException>((ref FrameWriter writer) => writer.Event("MSG", 0));
        Throws<ArgumentOutOfRangeException>(
            (ref FrameWriter writer) => writer.Request("GET", 1_000_000_000_000_000_000));
        Throws<ArgumentOutOfRangeException>((ref FrameWriter writer) => writer.Response(603, 1, "declined"));
    }

    [Fact]
    public void Calls_out_of_turn_are_refused()
    {
        Throws<InvalidOperationException>((ref FrameWriter writer) => writer.End());
        Throws<InvalidOperationException>((ref FrameWriter writer) => writer.Param("a", "b"));
        Throws<InvalidOperationException>((ref FrameWriter writer) =>
        {
            writer.Request("GET", 1);
            writer.Request("GET", 2);
        });
    }

    private static string Written(Writing writing)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(output);
        writing(ref writer);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Throws<T>(Writing writing)
        where T : Exception =>
        Assert.Throws<T>(() => Written(writing));
}
