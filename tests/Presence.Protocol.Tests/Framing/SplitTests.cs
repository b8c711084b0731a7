using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

/// <summary>Statement FRM-13: the result never depends on how the stream was cut into reads or segments.</summary>
public sealed class SplitTests
{
    private static readonly FrameLimits Tight = new(40, 20, 3);

    public static TheoryData<string> Streams =>
    [
        "GET 1 a\r\nGET 2 b\n\r\n\nPING 3\r\n",
        "SEND 1 a {5}\r\n12345\r\nSEND 2 a {0}\n\nACK #3\r\n",
        "SEND 1 a {5}\r\n\r\n}\r\n\nNOTIFY #7 bob@b.example/status v=1\r\n",
        "get 1 a {5}\r\n12345\r\nPING 2\r\n",
        "GET 1 a\r\nSEND 2 a {5}\r\n123456\r\nPING 3\r\n",
        "SEND 2 a {2}\r\nhi\rX\nPING 3\r\n",
        "SEND 2 a {21}\r\nPING 3\r\nPING 3\r\nPING 3\r\n\r\n",
        "PING 1\r\nGET 2 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nPING 2\r\n",
        "PING 1\r\nGET 2 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nPING 2\r\n",
        "PING 1\r\nGET 2 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nPING 2\r\n",
        "PING 1\r\nGET 2 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\taaaaa\r\nPING 2\r\n",
        "PING 1\r\nGET 2 aa\taaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nPING 2\r\n",
        "PING 1\r\nGET 2 a\rb\r\nPING 2\r\n",
        "SET 1 ~ a=1 b=2 c=3 d=4\r\nSET 2 ~ a=1 a=2\r\nSET 3 ~ a=%zz\r\n200 4 ok\r\n200 0 \r\n",
    ];

    [Theory]
    [MemberData(nameof(Streams))]
    [Trait("Conformance", "FRM-13")]
    public void Any_cut_in_two_gives_the_same_results(string text)
    {
        var stream = Wire.Raw(text);
        var expected = Wire.Everything(stream, Tight, stream.Length);

        Assert.NotEmpty(expected);
        for (var cut = 0; cut <= stream.Length; cut++)
            Assert.Equal(expected, Wire.Everything(stream, Tight, cut, stream.Length));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    [Trait("Conformance", "FRM-13")]
    public void Reads_of_one_octet_give_the_same_results(string text)
    {
        var stream = Wire.Raw(text);
        var expected = Wire.Everything(stream, Tight, stream.Length);

        Assert.Equal(expected, Wire.Everything(stream, Tight, Enumerable.Range(1, stream.Length)));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    [Trait("Conformance", "FRM-13")]
    public void Segments_of_any_size_give_the_same_results(string text)
    {
        var stream = Wire.Raw(text);
        var expected = Wire.Everything(stream, Tight, stream.Length);

        for (var size = 1; size <= stream.Length; size++)
            Assert.Equal(expected, Wire.EverythingInSegments(stream, Tight, size));
    }

    [Fact]
    [Trait("Conformance", "FRM-13")]
    public void The_worked_exchanges_survive_reads_and_segments_of_any_size()
    {
        foreach (var text in WorkedExchangeTests.Texts())
        {
            var stream = Transcript.Frames(text).SelectMany(octets => octets).ToArray();
            var expected = Wire.Everything(stream, FrameLimits.Federation, stream.Length);
            Assert.Equal(expected, Wire.Everything(stream, FrameLimits.Federation, Enumerable.Range(1, stream.Length)));
            for (var size = 1; size < 40; size++)
                Assert.Equal(expected, Wire.EverythingInSegments(stream, FrameLimits.Federation, size));
        }
    }
}
