using System.Reflection;
using System.Text;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

/// <summary>The worked exchanges of docs/protocol, section 2.15.</summary>
public sealed class WorkedExchangeTests
{
    public static TheoryData<string> Names => [.. Exchanges().Select(exchange => exchange.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_frame_of_an_exchange_is_written_as_it_was_read(string name)
    {
        var text = (string)Exchanges().Single(exchange => exchange.Name == name).GetRawConstantValue()!;
        var frames = Transcript.Frames(text).ToList();

        Assert.NotEmpty(frames);
        foreach (var octets in frames.Where(octets => !IsMeantToFail(octets)))
        {
            var result = Wire.First(octets, FrameLimits.Federation);
            Assert.True(result.Status == ReadStatus.Frame, Encoding.UTF8.GetString(octets));
            Assert.Equal(octets, Transcript.Rewrite(result.Frame!));
        }
    }

    [Fact]
    public void The_two_bad_requests_of_E14_get_the_answers_printed_there()
    {
        Wire.IsRefused("SET 64 ~/note val=a val=b", new FrameFault(400, 64, "bad-request", "val"));
        Wire.Breaks("GET 66 bob@b.example/status {\r\n");
    }

    [Fact]
    public void The_frames_typed_into_netcat_parse_from_their_hex()
    {
        var hello = Wire.First(Convert.FromHexString(
            "48454C4C4F203120612E6578616D706C6520763D312E3020726F6C653D636C69656E740A"));
        var send = Wire.First(Convert.FromHexString(
            "53454E442032206461766540612E6578616D706C65206D69643D6D31"
            + "20747970653D746578742F706C61696E207B327D0A68690A"));

        Assert.Equal("Request HELLO0 1 a.example  " + string.Join(' ', hello.Frame!.Parameters) + " no body",
            Wire.Describe(hello.Frame));
        Assert.Equal("client", hello.Frame.Parameters["role"]);
        Assert.Equal("dave@a.example", send.Frame!.Target);
        Assert.Equal("text/plain", send.Frame.Parameters["type"]);
        Assert.Equal("hi"u8.ToArray(), send.Frame.Body!.Value.ToArray());
    }

    [Fact]
    public void The_first_sealed_datagram_keeps_its_binary_body()
    {
        const string body = "8B027CA60DED054CAC78223EB93049" + "6C23111FF8E57EE2324F6A1ABB3857EEEDF8880E6575"
            + "61E47997F9BCE1D228DD22388A6C27F932BBF5B3F7BAEB0FD2EBD22EE728E8C698FB455972D7950F57";
        var result = Wire.First(Convert.FromHexString("5345414C2023312075374B7132207B37387D0D0A" + body + "0D0A"));

        Assert.Equal((FrameKind.Event, "SEAL", 1L, "u7Kq2"),
            (result.Frame!.Kind, result.Frame.Verb, result.Frame.Number, result.Frame.Target));
        Assert.Equal(body, Convert.ToHexString(result.Frame.Body!.Value.Span));
    }

    internal static IEnumerable<string> Texts() =>
        Exchanges().Select(exchange => (string)exchange.GetRawConstantValue()!);

    private static IEnumerable<FieldInfo> Exchanges() =>
        typeof(SessionExchanges).GetFields().Concat(typeof(ServerExchanges).GetFields());

    // The parameter given twice in E14
    private static bool IsMeantToFail(byte[] octets) => octets.AsSpan().StartsWith("SET 64 "u8);
}
