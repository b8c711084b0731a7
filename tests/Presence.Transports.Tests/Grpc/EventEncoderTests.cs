using System.Buffers;
using System.Globalization;
using System.Text;
using Google.Protobuf.Reflection;
using Presence.Protocol.Framing;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Transports.Tests.Grpc;

/// <summary>The octets say what the objects say: they follow the same rules, and one is there only because it is quick.</summary>
public sealed class EventEncoderTests
{
    private const string Time = "2026-11-22T06:10:12.050Z";

    public static readonly TheoryData<string> Frames =
    [
        $"NOTIFY #1 bob@b.example/status view=v7c ver=1795327812050000 val=dnd t={Time}\r\n",
        "NOTIFY #3 bob@b.example/status prev=1 id=w val=\r\n",
        "NOTIFY #3 bob@b.example/status prev=none id=w\r\n",
        "NOTIFY #3 b%20b@b.example/status id=a%20b%25%C3%A4 val=%0A\r\n",
        "NOTIFY #999999999999999999 a@a.example/card id= ver=-5 expires=3600 state=terminated why=timeout\n",
        "NOTIFY #4 a@a.example/card ver=0 expires=0 t=1969-12-31T23:59:59.999Z\r\n",
        "NOTIFY #4 a@a.example/card ver=many expires=-1 t=yesterday x-new=1 !x-must=%20 x-none=\r\n",
        "NOTIFY #4 a@a.example/card expires=315576000001\r\n",
        "NOTIFY #5 a@a.example/card type=text/vcard {0}\r\n\r\n",
        "NOTIFY #5 a@a.example/card type=text/vcard {7}\r\na\r\n b\r\n\r\n",
        $"MSG #8 ~ from=b@b.example mid=m1 type=text/plain want=delivered,,displayed auto=yes request=no hops=3 via=a,b t={Time} {{5}}\nhello\n",
        "MSG #8 ~ auto=no hops=0 want= to=,\r\n",
        $"RECEIPT #9 b@b.example mid=m1 disp=failed code=480 t={Time}\r\n",
        "WATCHER #2 ~/status who=b@b.example state=pending\r\n",
        "INVITE #2 ~ from=b@b.example inv=i1 ttl=60 type=application/sdp {1}\r\nx\r\n",
        "REFER #7\r\n",
    ];

    [Theory]
    [MemberData(nameof(Frames))]
    public void An_event_in_octets_is_the_event_in_objects(string frame)
    {
        var octets = Encoding.UTF8.GetBytes(frame);

        Assert.True(new EventEncoder().TryEncode(octets, out var message));

        Assert.Equal(Typed(octets), ServerFrame.Parser.ParseFrom(message.Span));
    }

    [Fact]
    public void Each_kind_of_event_is_told_in_octets_with_all_its_parameters()
    {
        var encoder = new EventEncoder();
        var kinds = Event.Descriptor.Oneofs[0].Fields.Select(field => MessageRule.Of(field.MessageType)).Where(rule => rule.Verb.Length > 0).ToList();
        Assert.True(kinds.Count >= 9);
        foreach (var kind in kinds)
        {
            var octets = Encoding.UTF8.GetBytes(FrameWithAll(kind));

            Assert.True(encoder.TryEncode(octets, out var message), kind.Verb);

            var told = ServerFrame.Parser.ParseFrom(message.Span);
            Assert.Equal(Typed(octets), told);
            Assert.Empty(told.Event.Extra);
        }
    }

    [Fact]
    public void A_long_one_leaves_nothing_in_the_short_one_behind_it()
    {
        var encoder = new EventEncoder();
        string[] frames =
        [
            $"NOTIFY #1 a@a.example/card val={new string('x', 700)}%20 x-long={new string('y', 300)}%20 {{70000}}\r\n{new string('z', 70000)}\r\n",
            "NOTIFY #2 a@a.example/status val=x\r\n",
        ];
        foreach (var octets in frames.Select(Encoding.UTF8.GetBytes))
        {
            Assert.True(encoder.TryEncode(octets, out var message));
            Assert.Equal(Typed(octets), ServerFrame.Parser.ParseFrom(message.Span));
        }
    }

    [Theory]
    [InlineData("200 1 ok\r\n")]
    [InlineData("PING 3\r\n")]
    [InlineData("ACK #3\r\n")]
    [InlineData("NEWS #3 a@a.example\r\n")]
    [InlineData("RECEIPT #9 b@b.example {1}\r\nx\r\n")]
    [InlineData("NOTIFY #0 a@a.example\r\n")]
    [InlineData("NOTIFY #3 a@a.example")]
    public void What_is_no_event_or_has_no_form_is_left_to_others(string frame) =>
        Assert.False(new EventEncoder().TryEncode(Encoding.UTF8.GetBytes(frame), out _));

    private static ServerFrame Typed(byte[] octets)
    {
        var rest = new ReadOnlySequence<byte>(octets);
        var frame = new FrameReader(new FrameLimits(65_536, 1_048_576)).Read(ref rest).Frame;
        return new ServerFrame { Event = TypedFrame.ReadEvent(frame!) };
    }

    private static string FrameWithAll(MessageRule kind)
    {
        var parameters = kind.Fields.Where(field => field.Place == Place.Parameter).Select(field => $" {field.Parameter}={TextFor(field.Field)}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kind.Verb} #7{(kind.Target is null ? "" : " a@a.example")}{string.Concat(parameters)}{(kind.Body is null ? "" : " {2}\r\nhi")}\r\n");
    }

    private static string TextFor(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => field.IsRepeated ? "one,two" : "text",
        FieldType.Bool => "yes",
        FieldType.Message when field.MessageType.Name == "Timestamp" => Time,
        _ => "12",
    };
}
