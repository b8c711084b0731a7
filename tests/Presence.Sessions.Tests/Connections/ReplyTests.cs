using System.Buffers;
using System.Text;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Tests.Connections;

public sealed class ReplyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void However_many_parameters_it_has_it_tells_them_in_their_order(int count)
    {
        var reply = new Reply(200, "ok");
        for (var number = 1; number <= count; number++)
            reply.With($"p{number}", number / 2);

        Assert.Equal(
            $"200 7 ok{string.Concat(Enumerable.Range(1, count).Select(number => $" p{number}={number / 2}"))}\r\n",
            Written(reply));
        Assert.Equal(Written(reply), Written(Reply.Restore(reply.Save(7))));
    }

    [Fact]
    public void What_is_not_there_is_not_told() => Assert.Equal("200 7 ok b=x\r\n", Written(Reply.Ok.With("a", null).With("b", "x")));

    private static string Written(Reply reply)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        reply.Write(ref writer, 7);
        return Encoding.ASCII.GetString(octets.WrittenSpan);
    }
}
