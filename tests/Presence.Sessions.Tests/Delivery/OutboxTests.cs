using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Presence.Contracts.Nearby;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Tests.Delivery;

/// <summary>The outbox with a wire over an in-memory pipe: nobody reads until the test does.</summary>
public sealed class OutboxTests
{
    private const int SmallPipe = 256;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Events_are_numbered_from_1_in_the_order_in_which_they_are_written()
    {
        var (outbox, line, wire) = Open();
        Assert.True(outbox.TryPut(new Text("one")));
        Assert.True(outbox.TryPut(new Text("two")));
        Assert.Equal("INFO #1 ~ val=one\r\nINFO #2 ~ val=two\r\n", await Read(line, wire));
    }

    [Fact]
    public async Task A_newer_value_takes_the_place_of_one_that_was_not_written_yet()
    {
        var (outbox, line, wire) = Open(maxEvents: 1);
        outbox.TryPut(new Text("first"));
        outbox.TryPut(new Text("old", key: "status"));
        outbox.TryPut(new Text("must arrive"));
        outbox.TryPut(new Text("new", key: "status"));
        outbox.Acknowledge(1);
        outbox.Acknowledge(3);
        Assert.Equal(
            "INFO #1 ~ val=first\r\nINFO #3 ~ prev=1 val=must%20arrive\r\nINFO #4 ~ val=new\r\n", await Read(line, wire));
    }

    [Fact]
    public async Task No_more_events_are_written_than_may_wait_for_an_acknowledgement()
    {
        var (outbox, line, wire) = Open(maxEvents: 2);
        foreach (var word in new[] { "a", "b", "c" })
            outbox.TryPut(new Text(word));
        Assert.Equal("INFO #1 ~ val=a\r\nINFO #2 ~ val=b\r\n", await Available(wire));
        outbox.Acknowledge(1);
        Assert.Equal("INFO #3 ~ val=c\r\n", await Available(wire));
    }

    [Fact]
    public void An_acknowledgement_gives_the_messages_up_to_its_number_once()
    {
        var (outbox, line, _) = Open();
        outbox.TryPut(new Text("a", message: "m1"));
        outbox.TryPut(new Text("b"));
        outbox.TryPut(new Text("c", message: "m2"));
        Assert.Equal(["m1"], outbox.Acknowledge(2)!.Select(message => message.Key.Id));
        Assert.Equal(["m2"], outbox.Acknowledge(3)!.Select(message => message.Key.Id));
        Assert.Empty(outbox.Acknowledge(3)!);
    }

    [Fact]
    public void A_number_that_was_never_used_cannot_be_acknowledged()
    {
        var (outbox, line, _) = Open();
        Assert.Null(outbox.Acknowledge(1));
    }

    [Fact]
    public void Beyond_the_bound_nothing_is_taken_but_newer_values_of_what_waits()
    {
        var (outbox, line, _) = Open(maxEvents: 0, maxOctets: 200);
        Assert.True(outbox.TryPut(new Text("value", key: "status")));
        Assert.True(outbox.TryPut(new Text("message")));
        Assert.False(outbox.TryPut(new Text("one too many")));
        Assert.True(outbox.TryPut(new Text("newer", key: "status")));
    }

    [Fact]
    public void A_message_is_refused_when_too_many_events_wait_for_an_acknowledgement()
    {
        var (outbox, _, _) = Open(maxEvents: 2);
        Assert.True(outbox.TryPut(new Text("a", message: "m1")));
        Assert.True(outbox.TryPut(new Text("b", message: "m2")));
        Assert.False(outbox.TryPut(new Text("c", message: "m3")));
        Assert.True(outbox.TryPut(new Text("a receipt")));
        outbox.Acknowledge(2);
        Assert.True(outbox.TryPut(new Text("c", message: "m3")));
    }

    [Fact]
    [Trait("Conformance", "RES-10")]
    public async Task A_new_connection_is_sent_what_was_not_acknowledged_with_its_gaps_declared_anew()
    {
        var (outbox, first, lost) = Open();
        outbox.TryPut(new Text("seen", message: "m1"));
        outbox.TryPut(new Text("old", key: "status"));
        outbox.TryPut(new Text("letter", message: "m2"));
        Assert.Equal(
            "INFO #1 ~ val=seen\r\nINFO #2 ~ val=old\r\nINFO #3 ~ val=letter\r\n", await Available(lost));
        outbox.Detach(first);
        outbox.TryPut(new Text("new", key: "status"));
        outbox.TryPut(new Text("newest", key: "status"));
        outbox.TryPut(new Text("last", message: "m3"));
        outbox.Acknowledge(1);

        var (second, wire) = Connect(outbox);

        Assert.Equal(
            "INFO #3 ~ prev=1 val=letter\r\nINFO #5 ~ prev=3 val=newest\r\nINFO #6 ~ val=last\r\n",
            await Available(wire));
        outbox.Detach(second);
        outbox.Acknowledge(5);
        var (_, third) = Connect(outbox);
        Assert.Equal("INFO #6 ~ val=last\r\n", await Available(third));
    }

    [Fact]
    public async Task Between_connections_the_outbox_stays_bounded_and_its_memory_moves_with_it()
    {
        var outbox = new Outbox(maxEvents: 256, maxOctets: 2000);
        var taken = 0;
        while (outbox.TryPut(new Text(new string('x', 100))))
            taken++;
        Assert.InRange(taken, 1, 20);

        var moved = new Outbox(maxEvents: 256, maxOctets: 2000);
        moved.Restore(outbox.Release());
        Assert.False(outbox.TryPut(new Text("here no more")));
        Assert.Equal(taken, moved.Last);
        var (_, wire) = Connect(moved);
        Assert.StartsWith("INFO #1 ~ val=xxx", await Available(wire), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wire_that_is_cut_ends_with_a_word_that_says_why()
    {
        var (outbox, line, wire) = Open();
        for (var i = 0; i < 5; i++)
            outbox.TryPut(new Text(new string('x', 100)));
        Assert.True(line.IsWriting);
        outbox.Detach(line);
        line.Cut(new Reply(421, "slow-reader").With("retry", 5));
        await line.Close();
        await wire.Writer.CompleteAsync();

        Assert.EndsWith("421 0 slow-reader retry=5\r\n", await Drain(wire), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_wait_while_replies_pile_up_before_a_client_that_does_not_read()
    {
        var (outbox, line, wire) = Open();
        var tag = 0;
        while (line.Relieved().IsCompleted)
            line.Put(++tag, new Reply(200, "ok").With("text", new string('x', 1000)));
        var relieved = line.Relieved();
        Assert.InRange(tag, 1, 100);
        Assert.False(relieved.IsCompleted);

        var all = Drain(wire);
        await relieved;
        await line.Close();
        await wire.Writer.CompleteAsync();
        Assert.Equal(tag, (await all).Split("\r\n").Length - 1);
    }

    [Fact]
    public async Task Closing_waits_until_all_that_was_taken_is_written()
    {
        var (_, line, wire) = Open();
        for (var i = 1; i <= 20; i++)
            line.Put(i, new Reply(200, "ok").With("text", new string('x', 100)));
        var closed = line.Close();
        Assert.False(closed.IsCompleted);
        line.Put(21, new Reply(200, "ok"));

        var all = Drain(wire);
        await closed;
        await wire.Writer.CompleteAsync();
        Assert.Equal(20, (await all).Split("\r\n").Length - 1);
    }

    [Fact]
    public void A_write_that_is_stuck_is_measured()
    {
        var (outbox, line, _) = Open();
        Assert.Equal(TimeSpan.Zero, line.StuckFor);
        for (var i = 0; i < 20; i++)
            outbox.TryPut(new Text(new string('x', 100)));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(TimeSpan.FromSeconds(31), line.StuckFor);
    }

    [Fact]
    public async Task When_the_reader_is_gone_events_are_kept_for_the_next_connection()
    {
        var (outbox, line, wire) = Open();
        await wire.Reader.CompleteAsync();
        Assert.True(outbox.TryPut(new Text("a")));
        Assert.True(outbox.TryPut(new Text("b")));
        outbox.Detach(line);
        await line.Close();

        var (_, next) = Connect(outbox);
        Assert.Equal("INFO #1 ~ val=a\r\nINFO #2 ~ val=b\r\n", await Available(next));
    }

    private (Outbox Outbox, Wire Line, Pipe Wire) Open(int maxEvents = 256, int maxOctets = 1024 * 1024)
    {
        var outbox = new Outbox(maxEvents, maxOctets);
        var (line, wire) = Connect(outbox);
        return (outbox, line, wire);
    }

    private (Wire Line, Pipe Wire) Connect(Outbox outbox)
    {
        var wire = new Pipe(new PipeOptions(pauseWriterThreshold: SmallPipe, resumeWriterThreshold: SmallPipe / 2));
        var line = new Wire(wire.Writer, _time);
        outbox.Attach(line);
        return (line, wire);
    }

    [Fact]
    public async Task What_came_with_a_pending_flush_is_written_when_that_says_so()
    {
        var (outbox, line, wire) = Open();
        var flush = new PendingFlush();
        Assert.True(outbox.TryPut(new Text("one"), null, flush));
        Assert.True(outbox.TryPut(new Text("two"), null, flush));
        Assert.False(wire.Reader.TryRead(out _));
        flush.Flush();
        Assert.Equal("INFO #1 ~ val=one\r\nINFO #2 ~ val=two\r\n", await Available(wire));
        outbox.TryPut(new Text("three"), null, flush);
        flush.Flush();
        Assert.Equal("INFO #3 ~ val=three\r\n", await Read(line, wire));
    }

    private static async Task<string> Read(Wire line, Pipe wire)
    {
        var all = Drain(wire);
        await line.Close();
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

        public override MarkedKey? Message =>
            message is null ? null : new MarkedKey(new MessageKey(Address.Parse("alice@localhost"), message));

        public override int Octets => text.Length;

        public override void Write(ref FrameWriter writer, long sequence)
        {
            writer.Event("INFO", sequence, "~");
            writer.Param("val", text);
            writer.End();
        }
    }
}
