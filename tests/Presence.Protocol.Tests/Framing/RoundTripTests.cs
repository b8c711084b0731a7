using System.Buffers;
using System.Text;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

/// <summary>Whatever a writer writes, a reader reads back.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Pieces =
    [
        "a", "Zürich", " ", "%", "{", "}", "=", "\r", "\n", "\t", "\x7f", "\x01", "日本", "😀", ",", "%20", "!", "#",
        "\u0085",
    ];

    private static readonly string[] Targets =
    [
        "~", "*", "bob@b.example/status", "~/ep/desk/status", "münchen.example", "a@[2001:db8::1]/x%20y",
        "SCRAM-SHA-256",
    ];

    [Fact]
    public void A_generated_frame_is_read_as_it_was_written()
    {
        var random = new SeededBytes(4711);
        for (var round = 0; round < 5000; round++)
        {
            var output = new ArrayBufferWriter<byte>();
            var expected = Write(output, random);

            var result = Wire.First(output.WrittenSpan.ToArray(), FrameLimits.Federation);

            Assert.Equal(ReadStatus.Frame, result.Status);
            Assert.Equal(expected, Wire.Describe(result.Frame!));
            Assert.Equal(output.WrittenSpan.ToArray(), Transcript.Rewrite(result.Frame!));
        }
    }

    private static string Write(ArrayBufferWriter<byte> output, SeededBytes random)
    {
        var writer = new FrameWriter(output);
        var text = Start(ref writer, random);
        for (var n = random.Below(8); n > 0; n--)
        {
            var name = random.Text("abcdefghijklmnopqrstuvwxyz", 1) + random.Text("az09-", random.Below(13)) + n;
            var value = string.Concat(Enumerable.Range(0, random.Below(12)).Select(_ => random.Pick(Pieces)));
            var isCritical = random.OneIn(4);
            var wireName = isCritical ? "!" + name : name;
            if (random.OneIn(2))
                writer.Param(wireName, value);
            else
                writer.Param(Encoding.UTF8.GetBytes(wireName), Encoding.UTF8.GetBytes(value));

            text += $" {new Parameter(name, value, isCritical)}";
        }

        if (random.OneIn(2))
        {
            writer.End();
            return text + " no body";
        }

        var body = random.Octets(random.Below(3) * random.Below(40));
        if (random.OneIn(2))
            writer.End(body);
        else
            writer.End(Segment.Split(body, 7));

        return $"{text} {{{Convert.ToHexString(body)}}}";
    }

    private static string Start(ref FrameWriter writer, SeededBytes random)
    {
        var number = 1 + (long)(random.Next() % (ulong)(random.OneIn(2) ? 1000 : 999_999_999_999_999_999));
        var verb = random.OneIn(2) ? "SEND" : random.Text("ABCXYZ", 3 + random.Below(6));
        var target = random.OneIn(4) ? null : random.Pick(Targets);
        switch (random.Below(3))
        {
            case 0:
                writer.Request(verb, number, target);
                return $"Request {verb}0 {number} {target} ";
            case 1:
                writer.Event(verb, number, target);
                return $"Event {verb}0 {number} {target} ";
            default:
                var code = 100 + random.Below(500);
                writer.Response(code, number - 1, "bad-request");
                return $"Response {code} {number - 1}  bad-request";
        }
    }
}
