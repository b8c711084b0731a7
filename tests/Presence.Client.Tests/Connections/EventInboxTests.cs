using System.Buffers;
using Presence.Client.Connections;
using Presence.Protocol.Framing;

namespace Presence.Client.Tests.Connections;

public sealed class EventInboxTests
{
    private readonly List<long> _acknowledged = [];

    [Fact]
    public void An_ignored_event_is_not_confirmed_over_the_head_of_one_that_still_waits()
    {
        var inbox = Inbox();
        Accept(inbox, "MSG", 1);
        Accept(inbox, "FROB", 2);
        Assert.Empty(_acknowledged);

        inbox.Acknowledge(1);
        Assert.Equal([2], _acknowledged);
    }

    [Fact]
    public void An_ignored_event_between_two_others_is_confirmed_with_the_second()
    {
        var inbox = Inbox();
        Accept(inbox, "MSG", 1);
        Accept(inbox, "FROB", 2);
        Accept(inbox, "MSG", 3);
        inbox.Acknowledge(1);
        inbox.Acknowledge(3);

        Assert.Equal([1, 3], _acknowledged);
    }

    [Fact]
    public void Without_the_choice_to_ignore_every_event_is_handed_out_and_none_confirmed()
    {
        var inbox = new EventInbox(ignoresUnknown: false, _acknowledged.Add);
        Accept(inbox, "FROB", 1);

        Assert.True(inbox.Frames.TryRead(out var frame));
        Assert.Equal("FROB", frame.Verb);
        Assert.Empty(_acknowledged);
    }

    [Fact]
    public void What_was_never_received_cannot_be_confirmed() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Inbox().Acknowledge(1));

    [Fact]
    public void A_server_that_floods_is_cut_off()
    {
        var inbox = Inbox();
        for (var number = 1; number <= EventInbox.Capacity; number++)
            Accept(inbox, "INFO", number);

        Assert.Equal("flooded", inbox.Accept(Event("INFO", EventInbox.Capacity + 1))!.Reason);
    }

    private EventInbox Inbox() => new(ignoresUnknown: true, _acknowledged.Add);

    private static void Accept(EventInbox inbox, string verb, long number) =>
        Assert.Null(inbox.Accept(Event(verb, number)));

    private static Frame Event(string verb, long number)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        writer.Event(verb, number, "~");
        writer.End();
        var input = new ReadOnlySequence<byte>(octets.WrittenMemory);
        return new FrameReader(FrameLimits.Client).Read(ref input).Frame!;
    }
}
