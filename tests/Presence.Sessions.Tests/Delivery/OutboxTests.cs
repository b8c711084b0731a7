using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Tests.Delivery;

/// <summary>The outbox over an in-memory pipe: nobody reads until the test does.</summary>
public sealed class OutboxTests
{
    private const int SmallPipe = 256;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Events_are_numbered_from_1_in_the_order_in_which_they_are_written()
    {
        var (outbox, wire) = Open();
        Assert.True(outbox.TryPut(new Text("one")));
        Assert.True(outbox.TryPut(new Text("two")));
        Assert.Equal("INFO #1 ~ val=one\r\nINFO #2 ~ val=two\r\n", await Read(outbox, wire));
    }

    [Fact]
    public async Task A_newer_value_takes_the_place_of_one_that_was_not_written_yet()
    {
        var (outbox, wire) = Open(maxEvents: 1);
        outbox.TryPut(new Text("first"));
        outbox.TryPut(new Text("old", key: "status"));
        outbox.TryPut(new Text("must arrive"));
        outbox.TryPut(new Text("new", key: "status"));
        outbox.Acknowledge(1);
        outbox.Acknowledge(2);
        Assert.Equal(
            "INFO #1 ~ val=first\r\nINFO #2 ~ val=new\r\nINFO #3 ~ val=must%20arrive\r\n", await Read(outbox, wire));
    }

    [Fact]
    public async Task No_more_events_are_written_than_may_wait_for_an_acknowledgement()
    {
        var (outbox, wire) = Open(maxEvents: 2);
        foreach (var word in new[] { "a", "b", "c" })
            outbox.TryPut(new Text(word));
        Assert.Equal("INFO #1 ~ val=a\r\nINFO #2 ~ val=b\r\n", await Available(wire));
        outbox.Acknowledge(1);
        Assert.Equal("INFO #3 ~ val=c\r\n", await Available(wire));
    }

    [Fact]
    public void An_acknowledgement_gives_the_messages_up_to_its_number_once()
    {
        var (outbox, _) = Open();
        outbox.TryPut(new Text("a", message: "m1"));
        outbox.TryPut(new Text("b"));
        outbox.TryPut(new Text("c", message: "m2"));
        Assert.Equal(["m1"], outbox.Acknowledge(2)!.Select(key => key.Id));
        Assert.Equal(["m2"], outbox.Acknowledge(3)!.Select(key => key.Id));
        Assert.Empty(outbox.Acknowledge(3)!);
    }

    [Fact]
    public void A_number_that_was_never_used_cannot_be_acknowledged()
    {
        var (outbox, _) = Open();
        Assert.Null(outbox.Acknowledge(1));
    }

    [Fact]
    public void Beyond_the_bound_nothing_is_taken_but_newer_values_of_what_waits()
    {
        var (outbox, _) = Open(maxEvents: 0, maxOctets: 200);
        Assert.True(outbox.TryPut(new Text("value", key: "status")));
        Assert.True(outbox.TryPut(new Text("message")));
        Assert.False(outbox.TryPut(new Text("one too many")));
        Assert.True(outbox.TryPut(new Text("newer", key: "status")));
    }

    [Fact]
    public async Task Requests_wait_while_replies_pile_up_before_a_client_that_does_not_read()
    {
        var (outbox, wire) = Open();
        var tag = 0;
        while (outbox.Relieved().IsCompleted)
            outbox.Put(++tag, new Reply(200, "ok").With("text", new string('x', 1000)));
        var relieved = outbox.Relieved();
        Assert.InRange(tag, 1, 100);
        Assert.False(relieved.IsCompleted);

        var all = Drain(wire);
        await relieved;
        await outbox.Close();
        await wire.Writer.CompleteAsync();
        Assert.Equal(tag, (await all).Split("\r\n").Length - 1);
    }

    [Fact]
    public async Task Closing_waits_until_all_that_was_taken_is_written()
    {
        var (outbox, wire) = Open();
        for (var i = 0; i < 20; i++)
            outbox.TryPut(new Text(new string('x', 100)));
        var closed = outbox.Close();
        Assert.False(closed.IsCompleted);
        Assert.False(outbox.TryPut(new Text("too late")));

        var all = Drain(wire);
        await closed;
        await wire.Writer.CompleteAsync();
        Assert.Equal(20, (await all).Split("\r\n").Length - 1);
    }

    [Fact]
    public void A_write_that_is_stuck_is_measured()
    {
        var (outbox, _) = Open();
        Assert.Equal(TimeSpan.Zero, outbox.StuckFor);
        for (var i = 0; i < 20; i++)
            outbox.TryPut(new Text(new string('x', 100)));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(TimeSpan.FromSeconds(31), outbox.StuckFor);
    }

    [Fact]
    public async Task When_the_reader_is_gone_everything_is_let_go()
    {
        var (outbox, wire) = Open();
        await wire.Reader.CompleteAsync();
        outbox.TryPut(new Text("a"));
        Assert.False(outbox.TryPut(new Text("b")));
        await outbox.Close();
    }

    private (Outbox Outbox, Pipe Wire) Open(int maxEvents = 256, int maxOctets = 1024 * 1024)
    {
        var wire = new Pipe(new PipeOptions(pauseWriterThreshold: SmallPipe, resumeWriterThreshold: SmallPipe / 2));
        return (new Outbox(wire.Writer, maxEvents, maxOctets, _time), wire);
    }

    private static async Task<string> Read(Outbox outbox, Pipe wire)
    {
        var all = Drain(wire);
        await outbox.Close();
        await wire.Writer.CompleteAsync();
        return await all;
    }

    private static async Task<string> Drain(Pipe wire)
    {
        using var reader = new StreamReader(wire.Reader.AsStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private static async Task<string> Available(Pipe wire)
    {
        var read = await wire.Reader.ReadAsync();
        var text = Encoding.UTF8.GetString(read.Buffer);
        wire.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }

    private sealed class Text(string text, string? key = null, string? message = null) : OutboundEvent
    {
        public override object? SupersedeKey => key;

        public override MessageKey? Message =>
            message is null ? null : new MessageKey(Address.Parse("alice@localhost"), message);

        public override int Octets => text.Length;

        public override void Write(ref FrameWriter writer, long sequence)
        {
            writer.Event("INFO", sequence, "~");
            writer.Param("val", text);
            writer.End();
        }
    }
}
