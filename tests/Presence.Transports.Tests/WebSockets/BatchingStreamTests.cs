using System.Net.WebSockets;
using System.Text;
using Presence.Transports.Tests.Fakes;
using Presence.Transports.WebSockets;

namespace Presence.Transports.Tests.WebSockets;

public sealed class BatchingStreamTests
{
    private readonly Beneath _beneath = new();
    private readonly BatchingStream _stream;
    private readonly WebSocket _socket;

    public BatchingStreamTests()
    {
        _stream = new BatchingStream(_beneath);
        _socket = WebSocket.CreateFromStream(_stream, new WebSocketCreationOptions { IsServer = true });
    }

    [Fact]
    public async Task Messages_that_are_due_together_are_written_in_one_piece()
    {
        await Send("one", moreFollows: true);
        await Send("two", moreFollows: true);
        Assert.Empty(_beneath.Writes);

        await Send("three", moreFollows: false);

        Assert.Equal(["\u0081\u0003one\u0081\u0003two\u0081\u0005three"], _beneath.Writes);
    }

    [Fact]
    public async Task A_message_alone_is_written_at_once()
    {
        await Send("one", moreFollows: false);
        await Send("two", moreFollows: false);

        Assert.Equal(["\u0081\u0003one", "\u0081\u0003two"], _beneath.Writes);
    }

    [Fact]
    public async Task No_more_is_held_back_than_it_has_room_for()
    {
        var filler = new string('a', 100);

        for (var sent = 0; sent < 200; sent++)
            await Send(filler, moreFollows: true);
        await Send(new string('b', 20_000), moreFollows: false);

        Assert.Equal(200 * 102 + 20_004, _beneath.Writes.Sum(write => write.Length));
        Assert.InRange(_beneath.Writes[0].Length, 16_000, 16_384);
        Assert.EndsWith("bbb", _beneath.Writes[^1], StringComparison.Ordinal);
    }

    private async Task Send(string text, bool moreFollows)
    {
        _stream.MoreFollows = moreFollows;
        await _socket.SendAsync(Encoding.ASCII.GetBytes(text), WebSocketMessageType.Text, true, Deadline.Token);
    }

    /// <summary>Tells each write apart.</summary>
    private sealed class Beneath : MemoryStream
    {
        public List<string> Writes { get; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes.Add(Encoding.Latin1.GetString(buffer.Span));
            return ValueTask.CompletedTask;
        }
    }
}
