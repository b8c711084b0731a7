using Presence.Model.Messages;
using Presence.Model.Tests.Properties;
using static Presence.Model.Tests.Messages.Letter;

namespace Presence.Model.Tests.Messages;

public sealed class AbsenceBoxTests
{
    private static readonly DateTimeOffset Now = Node.Noon;
    private readonly AbsenceBox _box = new(new AbsenceLimits(2, 100, TimeSpan.FromDays(7)));

    [Fact]
    public void The_oldest_leaves_when_there_is_no_room()
    {
        Assert.Empty(_box.Put(Of("1"), Now));
        Assert.Empty(_box.Put(Of("2"), Now));
        Assert.Equal(["1"], _box.Put(Of("3"), Now).Select(message => message.Id));
        Assert.True(_box.Holds(Bob, "2"));
        Assert.False(_box.Holds(Bob, "1"));
    }

    [Fact]
    public void Octets_are_bounded_too_and_what_can_never_fit_leaves_the_others_alone()
    {
        _box.Put(Of("1") with { Body = new byte[60] }, Now);
        Assert.Equal(["2"], _box.Put(Of("2") with { Body = new byte[101] }, Now).Select(message => message.Id));
        Assert.Equal(["1"], _box.Put(Of("3") with { Body = new byte[60] }, Now).Select(message => message.Id));
    }

    [Fact]
    public void A_message_waits_as_long_as_its_sender_said_or_else_as_long_as_the_server_says()
    {
        var brief = Of("1") with { Expires = Now.AddSeconds(60), HasOwnLife = true };
        _box.Put(brief, Now);
        _box.Put(Of("2"), Now);

        Assert.Equal(Now.AddSeconds(60), _box.NextExpiry);
        Assert.Equal(["1"], _box.EndExpired(Now.AddSeconds(60)).Select(message => message.Id));
        Assert.Equal(Now.AddDays(7), _box.NextExpiry);
    }

    [Fact]
    public void What_waited_says_since_when_and_has_its_time_left()
    {
        _box.Put(Of("1") with { SentAt = Now, Expires = Now.AddSeconds(30) }, Now);

        var handed = _box.Next!.Delayed;

        Assert.Equal(Now, handed.DelayedSince);
        Assert.Equal(Now.AddDays(7), handed.Expires);
    }

    [Fact]
    public void What_was_handed_over_stays_until_it_is_acknowledged_and_is_given_once()
    {
        _box.Put(Of("1"), Now);
        Assert.False(_box.Settle(Bob, "1"));

        _box.HandOver(Of("1"));
        Assert.Null(_box.Next);
        Assert.True(_box.TakeBack(Of("1")));
        Assert.Equal("1", _box.Next?.Message.Id);

        _box.HandOver(Of("1"));
        Assert.True(_box.Settle(Bob, "1"));
        Assert.False(_box.TakeBack(Of("1")));
        Assert.Empty(_box.Waiting);
    }

    [Fact]
    public void What_is_in_hands_makes_room_without_having_failed()
    {
        _box.Put(Of("1"), Now);
        _box.HandOver(Of("1"));
        _box.Put(Of("2"), Now);
        Assert.Empty(_box.Put(Of("3"), Now));
        Assert.Equal(["2", "3"], _box.Waiting.Select(one => one.Message.Id));
        _box.HandOver(Of("3"));
        Assert.Equal(["2"], _box.EndExpired(Now.AddDays(8)).Select(message => message.Id));
        Assert.Empty(_box.Waiting);
    }

    [Fact]
    public void Nothing_is_kept_of_a_sender_who_is_forgotten()
    {
        _box.Put(Of("1"), Now);
        Assert.True(_box.Forget(Bob));
        Assert.False(_box.Forget(Bob));
        Assert.Null(_box.NextExpiry);
    }
}
