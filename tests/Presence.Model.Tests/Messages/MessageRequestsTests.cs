using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Messages;

public sealed class MessageRequestsTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly MessageRequests _requests = new(new RequestLimits(2, 3, 10_000, Week));

    [Fact]
    public void What_comes_after_the_request_is_held_in_order_until_it_is_released()
    {
        _requests.Open(Letter.Of("1"), Node.Noon);
        Assert.True(_requests.IsOpen(Letter.Bob));
        Assert.False(_requests.IsHolding);
        Assert.True(_requests.TryHold(Letter.Of("2")));
        Assert.True(_requests.TryHold(Letter.Of("3")));
        Assert.True(_requests.Holds(Letter.Bob, "3"));
        Assert.True(_requests.IsHolding);

        Assert.Equal(["2", "3"], _requests.Release(Letter.Bob).Select(message => message.Id));

        Assert.False(_requests.IsOpen(Letter.Bob));
        Assert.False(_requests.IsHolding);
        Assert.Empty(_requests.Release(Letter.Bob));
    }

    [Fact]
    public void No_more_is_held_than_fits()
    {
        _requests.Open(Letter.Of("1"), Node.Noon);
        for (var i = 0; i < 3; i++)
            Assert.True(_requests.TryHold(Letter.Of($"a{i}")));
        Assert.False(_requests.TryHold(Letter.Of("a3")));
    }

    [Fact]
    public void Octets_of_all_senders_count_together()
    {
        var requests = new MessageRequests(new RequestLimits(9, 9, 1000, Week));
        requests.Open(Letter.Of("1"), Node.Noon);
        requests.Open(From("carol", "1"), Node.Noon);
        Assert.True(requests.TryHold(Letter.Of("2") with { Body = new byte[600] }));
        Assert.False(requests.TryHold(From("carol", "2")));
        requests.Release(Letter.Bob);
        Assert.True(requests.TryHold(From("carol", "2")));
    }

    [Fact]
    public void The_oldest_request_gives_way_when_there_are_too_many()
    {
        _requests.Open(Letter.Of("1"), Node.Noon);
        _requests.Open(From("carol", "1"), Node.Noon.AddSeconds(1));
        _requests.Open(From("dave", "1"), Node.Noon.AddSeconds(2));
        Assert.False(_requests.IsOpen(Letter.Bob));
        Assert.True(_requests.IsOpen(From("dave", "1").From));
    }

    [Fact]
    public void A_denied_sender_is_neither_held_nor_shown_until_the_time_is_over()
    {
        _requests.Open(Letter.Of("1"), Node.Noon);
        _requests.TryHold(Letter.Of("2"));
        _requests.Deny(Letter.Bob);
        Assert.False(_requests.IsHolding);
        Assert.True(_requests.IsOpen(Letter.Bob));
        Assert.False(_requests.TryHold(Letter.Of("3")));

        Assert.Equal(Node.Noon + Week, _requests.NextExpiry);
        _requests.EndExpired(Node.Noon + Week);
        Assert.False(_requests.IsOpen(Letter.Bob));
        Assert.Null(_requests.NextExpiry);
    }

    [Fact]
    public void What_is_not_decided_in_time_is_dropped()
    {
        _requests.Open(Letter.Of("1"), Node.Noon);
        _requests.TryHold(Letter.Of("2"));
        _requests.EndExpired(Node.Noon + Week - TimeSpan.FromSeconds(1));
        Assert.True(_requests.IsHolding);
        _requests.EndExpired(Node.Noon + Week);
        Assert.False(_requests.IsHolding);
    }

    [Fact]
    public void A_request_that_reached_nobody_makes_room_for_the_next_one()
    {
        _requests.Open(Letter.Of("1"), Node.Noon);
        Assert.True(_requests.IsRequest(Letter.Of("1")));
        _requests.Reopen(Letter.Of("2"));
        Assert.True(_requests.IsOpen(Letter.Bob));
        _requests.Reopen(Letter.Of("1"));
        Assert.False(_requests.IsOpen(Letter.Bob));
    }

    [Fact]
    public void What_is_saved_and_restored_goes_on_as_it_was_and_each_change_shows()
    {
        _requests.Open(Letter.Of("1"), Node.Noon);
        _requests.TryHold(Letter.Of("2"));
        _requests.Open(From("carol", "1"), Node.Noon);
        _requests.Deny(From("carol", "1").From);

        var restored = new MessageRequests(new RequestLimits(2, 3, 10_000, Week));
        restored.Restore(_requests.Save());

        Assert.True(restored.Holds(Letter.Bob, "2"));
        Assert.True(restored.IsRequest(Letter.Of("1")));
        Assert.False(restored.TryHold(From("carol", "2")));
        Assert.Equal(_requests.NextExpiry, restored.NextExpiry);
        var before = restored.Changes;
        restored.EndExpired(Node.Noon + Week);
        Assert.NotEqual(before, restored.Changes);
        Assert.Empty(restored.Senders);
    }

    private static InstantMessage From(string local, string id) =>
        Letter.Of(id) with { From = Address.Parse($"{local}@b.example") };
}
