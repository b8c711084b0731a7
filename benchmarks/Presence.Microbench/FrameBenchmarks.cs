using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Presence.Protocol.Framing;

namespace Presence.Microbench;

/// <summary>The parser and the encoder, on the frames that a busy node handles most.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private static readonly SharedEvent Change = SharedEvent.Encode("NOTIFY", "alice@a.example/status", WriteValue);

    private readonly ReadOnlySequence<byte> _request = Octets("SET 17 ~/ep/desk/status val=away\r\n");
    private readonly ReadOnlySequence<byte> _message = Octets(
        "SEND 18 bob@a.example mid=m-4711 type=text/plain want=delivered {5}\r\nhello\r\n");
    private readonly FrameReader _reader = new(new FrameLimits(MaxLine: 4096, MaxBody: 65_536));
    private readonly ArrayBufferWriter<byte> _output = new(4096);

    /// <summary>A change of a status, as its owner sends it.</summary>
    [Benchmark]
    public ReadResult ReadSet() => Read(_request);

    /// <summary>A message with a body.</summary>
    [Benchmark]
    public ReadResult ReadSend() => Read(_message);

    /// <summary>One value for one watcher, encoded for him alone.</summary>
    [Benchmark(Baseline = true)]
    public int WriteNotify()
    {
        _output.ResetWrittenCount();
        var writer = new FrameWriter(_output);
        writer.Event("NOTIFY", 42, "alice@a.example/status");
        writer.Param("id", "w1");
        WriteValue(ref writer);
        return _output.WrittenCount;
    }

    /// <summary>The same for one of many watchers: what all of them get is encoded already.</summary>
    [Benchmark]
    public int WriteSharedNotify()
    {
        _output.ResetWrittenCount();
        var writer = new FrameWriter(_output);
        writer.Event(Change, 42);
        writer.Param("id", "w1");
        writer.End(Change);
        return _output.WrittenCount;
    }

    private static void WriteValue(ref FrameWriter writer)
    {
        writer.Param("ver", 1_795_897_989_704_000);
        writer.Param("val", "away");
        writer.Param("t", new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
        writer.End();
    }

    private static ReadOnlySequence<byte> Octets(string frame) => new(Encoding.UTF8.GetBytes(frame));

    private ReadResult Read(ReadOnlySequence<byte> input) => _reader.Read(ref input);
}
