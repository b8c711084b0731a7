using System.Buffers;
using System.Text;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

public sealed class FrameBoundsTests
{
    private const string Stream =
        "NOTIFY #7 bob@b.example/status id=b val=away\r\nMSG #8 ~ mid=m {5}\r\n\r\n}\r\n\r\nMSG #9 ~ mid=n {0}\n\n200 1 ok\n";

    private static readonly string[] Frames =
    [
        "NOTIFY #7 bob@b.example/status id=b val=away\r\n", "MSG #8 ~ mid=m {5}\r\n\r\n}\r\n\r\n", "MSG #9 ~ mid=n {0}\n\n", "200 1 ok\n",
    ];

    [Fact]
    [Trait("Conformance", "FRM-13")]
    public void Frames_end_where_the_reader_finds_their_end_however_they_are_cut_into_segments()
    {
        var stream = Encoding.ASCII.GetBytes(Stream);

        for (var size = 1; size <= stream.Length; size++)
        {
            var rest = Segment.Split(stream, size);
            Assert.Equal(Frames, Cut(new FrameBounds(), ref rest));
            Assert.True(rest.IsEmpty);
        }
    }

    [Fact]
    [Trait("Conformance", "FRM-13")]
    public void A_frame_that_trickles_in_is_found_when_its_last_octet_has_come()
    {
        var stream = Encoding.ASCII.GetBytes(Stream);
        var bounds = new FrameBounds();
        List<string> found = [];
        var begun = 0;

        for (var length = 1; length <= stream.Length; length++)
        {
            var rest = new ReadOnlySequence<byte>(stream, begun, length - begun);
            found.AddRange(Cut(bounds, ref rest));
            begun = length - (int)rest.Length;
        }

        Assert.Equal(Frames, found);
    }

    [Theory]
    [InlineData("MSG #8 ~ {x}\r\n")]
    [InlineData("MSG\t#8 ~\r\n")]
    public void Octets_that_are_no_frame_are_an_error(string octets)
    {
        var rest = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(octets));

        Assert.Throws<InvalidOperationException>(() => new FrameBounds().TryCut(ref rest, out _));
    }

    private static List<string> Cut(FrameBounds bounds, ref ReadOnlySequence<byte> rest)
    {
        List<string> frames = [];
        while (bounds.TryCut(ref rest, out var frame))
            frames.Add(Encoding.ASCII.GetString(frame));
        return frames;
    }
}
