using System.Buffers;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

/// <summary>Damaged streams: never an exception, never a result that depends on the reads, never much memory.</summary>
public sealed class FrameFuzzTests
{
    private const int Rounds = 20_000;

    private static readonly FrameLimits Limits = new(300, 200, 8);

    private static readonly byte[][] Corpus =
        [.. WorkedExchangeTests.Texts().SelectMany(Transcript.Frames).Where(octets => octets.Length < 250)];

    private static readonly byte[][] Scraps =
    [
        "\r"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), " "u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(),
        " {5}"u8.ToArray(), " {0}\r\n"u8.ToArray(), "%"u8.ToArray(), "%00"u8.ToArray(), "%C3"u8.ToArray(),
        " !a=1"u8.ToArray(), "="u8.ToArray(), "#"u8.ToArray(), "0"u8.ToArray(), "\t"u8.ToArray(),
        [0], [0x7F], [0xC3], [0xED, 0xA0, 0x80],
    ];

    [Fact]
    public void Damaged_streams_give_the_same_results_however_they_are_read()
    {
        var random = new SeededBytes(20261122);
        for (var round = 0; round < Rounds; round++)
        {
            var stream = Damaged(random);
            var expected = Wire.Everything(stream, Limits, stream.Length);
            var cuts = Enumerable.Range(0, 4).Select(_ => random.Below(stream.Length + 1)).Order();

            AssertSame(expected, Wire.Everything(stream, Limits, cuts.Append(stream.Length)), stream);
            AssertSame(expected, Wire.EverythingInSegments(stream, Limits, 1 + random.Below(50)), stream);
            if (round % 10 == 0)
                AssertSame(expected, Wire.Everything(stream, Limits, Enumerable.Range(1, stream.Length)), stream);
        }
    }

    [Fact]
    [Trait("Conformance", "FRM-15")]
    [Trait("Conformance", "LIM-07")]
    public void Damage_that_breaks_the_framing_is_final_and_costs_little_memory()
    {
        var random = new SeededBytes(7750);
        var broken = 0;
        Wire.First(Corpus[0]);
        for (var round = 0; round < Rounds; round++)
        {
            var stream = Damaged(random);
            var reader = new FrameReader(Limits);
            var input = new ReadOnlySequence<byte>(stream);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var lines = 1;
            var result = reader.Read(ref input);
            for (; result.Status is not (ReadStatus.Incomplete or ReadStatus.Broken); lines++)
                result = reader.Read(ref input);

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.InRange(allocated, 0, (lines * 1000) + (stream.Length * 4));
            if (result.Status != ReadStatus.Broken)
                continue;

            broken++;
            var again = new ReadOnlySequence<byte>("PING 1\r\n"u8.ToArray());
            Assert.Equal((0L, result), (result.Fault.Tag, reader.Read(ref again)));
        }

        Assert.InRange(broken, Rounds / 10, Rounds);
    }

    private static byte[] Damaged(SeededBytes random)
    {
        var octets = new List<byte>();
        for (var frames = 1 + random.Below(4); frames > 0; frames--)
            octets.AddRange(random.Pick(Corpus));

        for (var wounds = 1 + random.Below(4); wounds > 0; wounds--)
            Wound(octets, random);

        return [.. octets];
    }

    private static void Wound(List<byte> octets, SeededBytes random)
    {
        var at = random.Below(octets.Count + 1);
        switch (random.Below(5))
        {
            case 0:
                octets.InsertRange(at, random.Pick(Scraps));
                break;
            case 1:
                octets.RemoveRange(at, random.Below(Math.Min(octets.Count - at, 4) + 1));
                break;
            case 2 when at < octets.Count:
                octets[at] ^= (byte)(1 << random.Below(8));
                break;
            case 3:
                octets.InsertRange(at, random.Octets(random.Below(6)));
                break;
            default:
                octets.InsertRange(at, octets.GetRange(0, Math.Min(octets.Count, random.Below(120))));
                break;
        }
    }

    private static void AssertSame(List<string> expected, List<string> actual, byte[] stream)
    {
        if (!expected.SequenceEqual(actual))
            Assert.Fail(string.Join('\n', [Convert.ToHexString(stream), .. expected, "--", .. actual]));
    }
}
