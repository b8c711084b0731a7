using System.Buffers;
using System.Text;
using Presence.Protocol.Framing;
using Presence.Transports.Udp;

namespace Presence.Transports.Tests.Udp;

public sealed class EventBufferTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 22, 6, 10, 0, TimeSpan.Zero);

    private readonly EventBuffer _buffer = new();

    [Fact]
    public void An_event_is_sent_at_once_and_after_1_2_4_8_and_8_seconds_then_no_more()
    {
        _buffer.Add(Message(1), Begin);

        var sent = new List<double>();
        for (var tick = 0; tick <= 400; tick++)
        {
            var now = Begin + TimeSpan.FromMilliseconds(250 * tick);
            sent.AddRange(_buffer.TakeDue(now).Select(_ => (now - Begin).TotalSeconds));
        }

        Assert.Equal([0, 1, 3, 7, 15, 23], sent);
        Assert.Null(_buffer.NextDue);
        Assert.Equal(1, _buffer.Count);
    }

    [Fact]
    public void A_sign_of_life_brings_what_was_given_up()
    {
        _buffer.Add(Message(1), Begin);
        var now = Begin;
        while (_buffer.NextDue is { } due)
            _buffer.TakeDue(now = due);

        _buffer.Revive(now);

        Assert.Single(_buffer.TakeDue(now));
        Assert.Empty(_buffer.TakeDue(now + TimeSpan.FromHours(1)));
    }

    [Fact]
    public void An_acknowledgement_covers_all_up_to_it()
    {
        _buffer.Add(Message(1), Begin);
        _buffer.Add(Message(2), Begin);
        _buffer.Add(Message(3), Begin);

        _buffer.Acknowledge(2);

        Assert.Equal([(3, 2)], Due());
    }

    [Fact]
    public void A_newer_value_leaves_a_gap_that_prev_tells()
    {
        _buffer.Add(Message(1), Begin);
        _buffer.Add(Value(2, "on"), Begin);
        _buffer.Add(Message(3), Begin);
        _buffer.Add(Value(4, "off"), Begin);

        Assert.Equal([(1, 0), (3, 1), (4, 3)], Due());
    }

    [Fact]
    public void What_precedes_is_computed_anew_each_time()
    {
        _buffer.Add(Value(1, "on"), Begin);
        _buffer.Add(Message(2), Begin);
        Assert.Equal([(1, 0), (2, 1)], Due());

        _buffer.Add(Value(3, "off"), Begin);

        Assert.Equal([(2, 0), (3, 2)], Due(Begin + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void The_state_of_a_subscription_is_never_replaced()
    {
        _buffer.Add(Frame("NOTIFY #1 a@b/status id=s state=active val=on\r\n"), Begin);
        _buffer.Add(Frame("NOTIFY #2 a@b/status id=s val=off\r\n"), Begin);

        Assert.Equal([(1, 0), (2, 1)], Due());
    }

    private List<(long, long)> Due(DateTimeOffset? now = null) =>
        [.. _buffer.TakeDue(now ?? Begin).Select(due => (due.Frame.Number, due.Previous))];

    private static Frame Message(int number) => Frame($"MSG #{number} ~ from=b@b mid=m{number} {{1}}\r\nx\r\n");

    private static Frame Value(int number, string value) => Frame($"NOTIFY #{number} a@b/status id=s val={value}\r\n");

    private static Frame Frame(string text)
    {
        var octets = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text));
        return new FrameReader(FrameLimits.Client).Read(ref octets).Frame!;
    }
}
