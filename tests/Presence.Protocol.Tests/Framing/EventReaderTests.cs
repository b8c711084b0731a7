using System.Buffers;
using System.Text;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

/// <summary>What it finds in an event is what the reader of frames finds.</summary>
public sealed class EventReaderTests
{
    [Theory]
    [InlineData("NOTIFY #7 bob@b.example/status id=b val=away !x-new=%20\r\n")]
    [InlineData("NOTIFY #7 b%20b@b.example/status\n")]
    [InlineData("MEMBER #999999999999999999\r\n")]
    [InlineData("WATCHER #2 who=b@b.example val=%C3%A4%25 empty=\r\n")]
    [InlineData("MSG #8 ~ mid=m {5}\r\n\r\n}\r\n\r\n")]
    [InlineData("MSG #9 ~ mid=n {0}\n\n")]
    public void An_event_is_read_as_by_the_reader_of_frames(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var input = new ReadOnlySequence<byte>(octets);
        var frame = new FrameReader(new FrameLimits(65_536, 1_048_576)).Read(ref input).Frame!;

        Assert.True(EventReader.TryOpen(octets, out var told));

        Assert.Equal(frame.Verb, Encoding.ASCII.GetString(told.Verb));
        Assert.Equal(frame.Number, told.Number);
        Assert.Equal(frame.Target ?? "", Encoding.UTF8.GetString(told.Target));
        Assert.Equal(frame.Body is not null, told.HasBody);
        Assert.Equal((frame.Body ?? default).ToArray(), told.Body.ToArray());
        Assert.Equal(frame.Parameters, Parameters(ref told));
    }

    [Theory]
    [InlineData("NOTIFY 7 bob@b.example\r\n")]
    [InlineData("200 7 ok\r\n")]
    [InlineData("ACK #7\r\n")]
    [InlineData("NOTIFY #07 x\r\n")]
    [InlineData("NOTIFY #7 x")]
    [InlineData("MSG #7 ~ {9}\r\nshort\r\n")]
    [InlineData("MSG #7 ~ {x}\r\n")]
    [InlineData("NOTIFY\r\n")]
    public void What_is_no_event_is_not_opened(string text) => Assert.False(EventReader.TryOpen(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void What_is_no_text_is_not_opened() => Assert.False(EventReader.TryOpen([.. "NOTIFY #7 x val="u8, 0xFF, .. "\r\n"u8], out _));

    [Theory]
    [InlineData("val")]
    [InlineData("=x")]
    [InlineData("val=%2")]
    [InlineData("val=%FF")]
    public void A_parameter_that_is_none_is_an_error(string parameter) => Assert.Throws<InvalidOperationException>(() =>
    {
        Assert.True(EventReader.TryOpen(Encoding.UTF8.GetBytes($"NOTIFY #7 x a=b {parameter}\r\n"), out var told));
        Parameters(ref told);
    });

    private static List<Parameter> Parameters(ref EventReader told)
    {
        List<Parameter> parameters = [];
        while (told.TryNext(out var name, out var value, out var isCritical))
        {
            var text = EventReader.Unescape(value, new byte[value.Length]);
            parameters.Add(new Parameter(Encoding.ASCII.GetString(name), Encoding.UTF8.GetString(text), isCritical));
        }

        return parameters;
    }
}
