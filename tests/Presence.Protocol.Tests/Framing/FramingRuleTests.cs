using System.Buffers;
using System.Text;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

/// <summary>Conformance statements FRM-01 to FRM-15 as far as they concern octets.</summary>
public sealed class FramingRuleTests
{
    private static readonly FrameFault BadFrame = new(400, 0, "bad-frame");
    private static readonly FrameFault LineTooLong = new(414, 0, "line-too-long");
    private static readonly FrameFault BodyTooLarge = new(413, 0, "body-too-large");

    [Fact]
    [Trait("Conformance", "FRM-01")]
    public void LF_and_CR_LF_end_a_line_alike() =>
        Assert.Equal(Wire.Describe(Wire.Frame("GET 3 bob@b.example/status\r\n")),
            Wire.Describe(Wire.Frame("GET 3 bob@b.example/status\n")));

    [Theory]
    [InlineData("GET 3 a\rb\r\n")]
    [InlineData("GET 3 a\r\r\n")]
    [InlineData("\rGET 3 a\r\n")]
    [InlineData("\r\r\n")]
    [InlineData("SEND 3 a {1}\r\nx\r\r\n")]
    [Trait("Conformance", "FRM-02")]
    public void A_CR_anywhere_but_before_the_LF_breaks_the_frame(string octets) => Wire.Breaks(octets);

    [Theory]
    [InlineData('\0')]
    [InlineData('\t')]
    [InlineData('\x1b')]
    [InlineData('\x1f')]
    [InlineData('\x7f')]
    [Trait("Conformance", "FRM-03")]
    public void A_control_character_in_a_line_breaks_the_frame(char control)
    {
        Wire.Breaks($"GET 3 a{control}b\r\n");
        Wire.Breaks($"{control}GET 3 ab\r\n");
        Wire.Breaks($"GET 3 ab{control}");
    }

    [Fact]
    [Trait("Conformance", "FRM-04")]
    public void A_thousand_empty_lines_are_signs_of_life_and_nothing_else()
    {
        var stream = Wire.Raw(string.Concat(Enumerable.Repeat("\r\n\n", 500)) + "PING 1\r\n");
        var input = new ReadOnlySequence<byte>(stream);
        var reader = new FrameReader(FrameLimits.Client);

        for (var i = 0; i < 1000; i++)
            Assert.Equal(ReadStatus.EmptyLine, reader.Read(ref input).Status);

        Assert.Equal("PING", reader.Read(ref input).Frame!.Verb);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [Trait("Conformance", "FRM-05")]
    public void Exactly_the_announced_octets_are_the_body(string terminator)
    {
        var frame = Wire.Frame($"SEND 3 a {{5}}{terminator}a\r\nb {terminator}");

        Assert.Equal("a\r\nb "u8.ToArray(), frame.Body!.Value.ToArray());
    }

    [Fact]
    [Trait("Conformance", "FRM-06")]
    public void A_surplus_octet_after_the_body_breaks_the_frame_and_is_never_read_as_one()
    {
        var input = new ReadOnlySequence<byte>(Wire.Raw("SEND 3 a {5}\r\n12345P\r\nPING 4\r\n"));
        var reader = new FrameReader(FrameLimits.Client);

        Assert.Equal(BadFrame, reader.Read(ref input).Fault);
        Assert.Equal(ReadStatus.Broken, reader.Read(ref input).Status);
    }

    [Fact]
    [Trait("Conformance", "FRM-07")]
    public void An_empty_body_is_not_the_absence_of_a_body()
    {
        Assert.Equal(0, Wire.Frame("SET 3 ~/note {0}\r\n\r\n").Body?.Length);
        Assert.Null(Wire.Frame("SET 3 ~/note\r\n").Body);
    }

    [Theory]
    [InlineData("{05}")]
    [InlineData("{00}")]
    [InlineData("{+5}")]
    [InlineData("{-1}")]
    [InlineData("{5 }")]
    [InlineData("{ 5}")]
    [InlineData("{0x5}")]
    [InlineData("{}")]
    [InlineData("{5")]
    [InlineData("5}")]
    [InlineData("{99999999999}")]
    [InlineData("{18446744073709551617}")]
    [InlineData("{5}}")]
    [InlineData("{{5}")]
    [InlineData("a{5}")]
    [InlineData("{5} ")]
    [InlineData("{5}x")]
    [Trait("Conformance", "FRM-08")]
    public void A_tail_that_is_not_exactly_a_size_breaks_the_frame(string tail) =>
        Wire.Breaks($"SEND 3 a {tail}\r\n12345\r\n");

    [Theory]
    [InlineData("GET 3 a{b\r\n")]
    [InlineData("GET 3 a}b\r\n")]
    [InlineData("GET 3 a val={1} {1}\r\nx\r\n")]
    [InlineData("GET 3 a val=}\r\n")]
    [InlineData("{1}\r\nx\r\n")]
    [InlineData("}\r\n")]
    [InlineData(" {1}\r\nx\r\n")]
    [Trait("Conformance", "FRM-09")]
    public void A_brace_elsewhere_in_the_line_breaks_the_frame(string octets) => Wire.Breaks(octets);

    [Fact]
    [Trait("Conformance", "FRM-10")]
    public void A_body_of_frames_and_of_all_octets_is_delivered_unchanged()
    {
        var all = Enumerable.Range(0, 256).Select(octet => (byte)octet);
        byte[] body = [.. "\r\nPING 1\r\nSEND 2 a {9}\r\n\n}"u8, .. all];
        var line = Encoding.ASCII.GetBytes($"SEND 3 a {{{body.Length}}}\r\n");
        byte[] stream = [.. line, .. body, .. "\r\nPING 4\r\n"u8];
        var input = new ReadOnlySequence<byte>(stream);
        var reader = new FrameReader(FrameLimits.Client);

        Assert.Equal(body, reader.Read(ref input).Frame!.Body!.Value.ToArray());
        Assert.Equal(4, reader.Read(ref input).Frame!.Number);
        Assert.True(input.IsEmpty);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [Trait("Conformance", "FRM-11")]
    public void A_line_of_the_limit_is_accepted_and_one_octet_more_is_not(string terminator)
    {
        var fits = $"GET 3 {new string('a', 1024 - 6 - terminator.Length)}{terminator}";

        Assert.Equal(ReadStatus.Frame, Wire.First(Wire.Raw(fits), FrameLimits.BeforeHello).Status);
        Assert.Equal(LineTooLong, Wire.First(Wire.Raw("X" + fits), FrameLimits.BeforeHello).Fault);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\r")]
    [Trait("Conformance", "FRM-11")]
    public void A_line_without_end_is_refused_as_soon_as_no_terminator_fits(string last)
    {
        var octets = Wire.Raw("GET 3 " + new string('a', 1024 - 7) + last);

        Assert.Equal(ReadStatus.Incomplete, Wire.First(octets[..^1], FrameLimits.BeforeHello).Status);
        Assert.Equal(LineTooLong, Wire.First(octets, FrameLimits.BeforeHello).Fault);
    }

    [Theory]
    [InlineData("{65537}", ReadStatus.Broken)]
    [InlineData("{9999999999}", ReadStatus.Broken)]
    [InlineData("{65536}", ReadStatus.Incomplete)]
    [Trait("Conformance", "FRM-12")]
    public void A_body_above_the_limit_is_refused_before_any_of_it_arrives(string size, ReadStatus expected)
    {
        var octets = Wire.Raw($"SEND 3 a {size}\r\n");
        Wire.First(octets);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = Wire.First(octets);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2000);
        Assert.Equal(expected, result.Status);
        Assert.Equal(expected == ReadStatus.Broken ? BodyTooLarge : default, result.Fault);
    }

    [Fact]
    [Trait("Conformance", "FRM-14")]
    public void Two_frames_in_one_read_are_two_frames()
    {
        var found = Wire.Everything("GET 1 a\r\nGET 2 b\r\n"u8.ToArray(), FrameLimits.Client, 18);

        Assert.Equal(["Request GET0 1 a  no body", "Request GET0 2 b  no body"], found);
    }

    [Fact]
    [Trait("Conformance", "FRM-14")]
    public void One_frame_over_many_reads_is_one_frame()
    {
        var stream = "SEND 1 a {2}\r\nhi\r\n"u8.ToArray();

        var found = Wire.Everything(stream, FrameLimits.Client, 1, 4, 8, 13, 15, 16, 17, 18);

        Assert.Equal(["Request SEND0 1 a  {6869}"], found);
    }

    [Fact]
    [Trait("Conformance", "FRM-15")]
    public void After_a_fatal_error_nothing_more_is_taken()
    {
        var reader = new FrameReader(FrameLimits.Client);
        var input = new ReadOnlySequence<byte>(Wire.Raw("GET 1 {\r\n"));
        var broken = reader.Read(ref input);
        var more = new ReadOnlySequence<byte>(Wire.Raw("PING 2\r\n"));

        Assert.Equal(broken, reader.Read(ref more));
        Assert.Equal(8, more.Length);
        Assert.False(reader.IsInsideFrame(more));
    }

    [Theory]
    [InlineData("PING 1\r\n", false)]
    [InlineData("PING 1\r\nPI", true)]
    [InlineData("SEND 1 a {2}\r\nhi", true)]
    [InlineData("PING 1\r\n\r", true)]
    public void The_end_of_the_stream_tears_an_unfinished_frame(string octets, bool torn)
    {
        var reader = new FrameReader(FrameLimits.Client);
        var input = new ReadOnlySequence<byte>(Wire.Raw(octets));
        while (reader.Read(ref input).Status != ReadStatus.Incomplete)
        {
        }

        Assert.Equal(torn, reader.IsInsideFrame(input));
    }

    [Fact]
    public void New_limits_hold_from_the_next_line_on()
    {
        var reader = new FrameReader(FrameLimits.BeforeHello);
        var input = new ReadOnlySequence<byte>(Wire.Raw("HELLO 1 a\r\nGET 2 " + new string('a', 2000) + "\r\n"));

        Assert.Equal("HELLO", reader.Read(ref input).Frame!.Verb);
        reader.Limits = FrameLimits.Client;
        Assert.Equal("GET", reader.Read(ref input).Frame!.Verb);
    }
}
