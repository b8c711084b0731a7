using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Grpc.Core;
using Presence.Transports.Grpc;
using Presence.V1;

namespace Presence.Transports.Tests.Grpc;

public sealed class OutgoingFramesTests
{
    private static readonly ServerFrame Pong = new() { Response = new Response { Tag = 4, Code = 200, Reason = "pong" } };

    private readonly OutgoingFrames _frames = new();

    [Fact]
    public void What_is_told_at_once_is_one_message_after_the_other()
    {
        Event("NOTIFY #1 a@a.example/status val=x\r\n");
        _frames.Add(Pong);
        Event("NOTIFY #2 a@a.example/status val=y\r\n");

        var told = Written();

        Assert.Equal([1, 0, 2], told.Select(frame => frame.Event?.Number ?? 0));
        Assert.Equal(Pong, told[1]);
        Assert.Equal("y", told[2].Event.Notify.Value);
    }

    [Fact]
    public void What_was_told_is_not_told_again()
    {
        Event($"MSG #1 ~ mid=m {{40000}}\r\n{new string('x', 40000)}\r\n");
        Assert.Equal(40000, Assert.Single(Written()).Event.Message.Body.Length);
        _frames.Clear();
        Assert.Equal(0, _frames.Length);

        _frames.Add(Pong);

        Assert.Equal(Pong, Assert.Single(Written()));
    }

    private void Event(string frame) =>
        Assert.True(_frames.TryAddEvent(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(frame))));

    private List<ServerFrame> Written()
    {
        var stream = new Library();
        OutgoingFrames.Marshaller.ContextualSerializer(_frames, stream);
        List<ServerFrame> told = [];
        for (var rest = stream.Sent; !rest.IsEmpty;)
        {
            Assert.Equal(0, rest[0]);
            var length = BinaryPrimitives.ReadInt32BigEndian(rest[1..]);
            told.Add(ServerFrame.Parser.ParseFrom(rest.Slice(5, length)));
            rest = rest[(5 + length)..];
        }

        return told;
    }

    /// <summary>Writes the prefix of the message that it is told of, as Grpc.AspNetCore does.</summary>
    private sealed class Library : SerializationContext
    {
        private readonly ArrayBufferWriter<byte> _sent = new();
        private int _length;
        private bool _isComplete;

        public ReadOnlySpan<byte> Sent => _isComplete ? _sent.WrittenSpan : [];

        public override void SetPayloadLength(int payloadLength) => _length = payloadLength;

        public override IBufferWriter<byte> GetBufferWriter()
        {
            var prefix = _sent.GetSpan(5);
            prefix[0] = 0;
            BinaryPrimitives.WriteInt32BigEndian(prefix[1..], _length);
            _sent.Advance(5);
            return _sent;
        }

        public override void Complete() => _isComplete = true;
    }
}
