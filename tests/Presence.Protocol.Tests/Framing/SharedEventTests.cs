using System.Buffers;
using System.Text;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

/// <summary>An event that is encoded once reads, for each receiver, as if it had been written for him alone.</summary>
public sealed class SharedEventTests
{
    private static readonly SharedEvent Away = SharedEvent.Encode("NOTIFY", "bob@b.example/status", (ref FrameWriter writer) =>
    {
        writer.Param("ver", 42);
        writer.Param("val", "away");
        writer.End();
    });

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(999_999_999_999_999_999)]
    public void Each_receiver_gets_a_number_and_an_id_of_his_own(long number) => Assert.Equal(
        $"NOTIFY #{number} bob@b.example/status id=w{number} ver=42 val=away\r\n",
        Written((ref FrameWriter writer) => Write(ref writer, number)));

    [Fact]
    public void A_gap_is_told_before_all_else() => Assert.Equal(
        "NOTIFY #7 bob@b.example/status prev=4 id=w7 ver=42 val=away\r\n",
        Written((ref FrameWriter writer) =>
        {
            writer.Preceding = 4;
            Write(ref writer, 7);
        }));

    [Fact]
    public void A_body_is_shared_too()
    {
        var card = SharedEvent.Encode("NOTIFY", "bob@b.example/card", (ref FrameWriter writer) => writer.End("BEGIN"u8));
        Assert.Equal("NOTIFY #3 bob@b.example/card {5}\r\nBEGIN\r\n", Written((ref FrameWriter writer) =>
        {
            writer.Event(card, 3);
            writer.End(card);
        }));
    }

    [Theory]
    [InlineData(1, null, 5)]
    [InlineData(999_999_999_999_999_999, null, 5)]
    [InlineData(7, 4L, 5)]
    [InlineData(1, null, 3000)]
    public void A_whole_event_is_the_same_whether_it_is_written_in_one_piece_or_not(long number, long? preceding, int length)
    {
        var body = new string('x', length);
        var card = SharedEvent.Encode(
            "MSG", "~", (ref FrameWriter writer) => writer.End(Encoding.ASCII.GetBytes(body)));
        var gap = preceding is null ? "" : $" prev={preceding}";
        Assert.Equal($"MSG #{number} ~{gap} {{{length}}}\r\n{body}\r\nPING 1\r\n", Written((ref FrameWriter writer) =>
        {
            writer.Preceding = preceding;
            writer.Whole(card, number);
            writer.Request("PING", 1);
            writer.End();
        }));
    }

    [Fact]
    public void An_event_that_is_encoded_within_another_leaves_it_as_it_is()
    {
        SharedEvent? inner = null;
        var outer = SharedEvent.Encode("NOTIFY", "bob@b.example/note", (ref FrameWriter writer) =>
        {
            writer.Param("ver", 1);
            inner = SharedEvent.Encode("INFO", "~", (ref FrameWriter other) => other.End());
            writer.End();
        });

        Assert.Equal("NOTIFY #1 bob@b.example/note ver=1\r\nINFO #2 ~\r\n", Written((ref FrameWriter writer) =>
        {
            writer.Event(outer, 1);
            writer.End(outer);
            writer.Event(inner!, 2);
            writer.End(inner!);
        }));
    }

    [Fact]
    public void A_target_that_breaks_the_line_is_the_callers_mistake() => Assert.Throws<ArgumentException>(
        () => SharedEvent.Encode("NOTIFY", "a b", (ref FrameWriter writer) => writer.End()));

    [Fact]
    public void A_second_start_inside_a_frame_is_the_callers_mistake() => Assert.Throws<InvalidOperationException>(
        () => Written((ref FrameWriter writer) =>
        {
            writer.Event(Away, 1);
            writer.Event(Away, 2);
        }));

    private static void Write(ref FrameWriter writer, long number)
    {
        writer.Event(Away, number);
        writer.Param("id", $"w{number}");
        writer.End(Away);
    }

    private static string Written(FrameBuild build)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(output);
        build(ref writer);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
