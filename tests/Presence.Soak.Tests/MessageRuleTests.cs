using static Presence.Soak.Tests.Story;

namespace Presence.Soak.Tests;

public sealed class MessageRuleTests
{
    private readonly Story _story = new Story().Approves(Bob, Alice);

    [Fact]
    public void Messages_that_come_once_and_in_order_are_no_fault()
    {
        Sends("m1", "202 accepted");
        Sends("m2", "202 accepted");
        Comes("m1");
        Comes("m2");

        Assert.Equal("", _story.Broken);
    }

    [Fact]
    public void A_message_that_comes_twice_is_a_fault()
    {
        Sends("m1", "202 accepted");
        Comes("m1");
        Comes("m1");

        Assert.Equal("M1", _story.Broken);
    }

    [Fact]
    public void A_message_that_nobody_sent_is_a_fault()
    {
        Comes("m1");

        Assert.Equal("M2", _story.Broken);
    }

    [Fact]
    public void A_message_with_other_words_is_a_fault()
    {
        Sends("m1", "202 accepted");
        _story.Gets(Bob, $"MSG ~ from={Alice} mid=m1", "other");

        Assert.Equal("M2", _story.Broken);
    }

    [Fact]
    public void A_message_that_was_refused_and_comes_is_a_fault()
    {
        _story.IsAway(Bob);
        Sends("m1", "403 forbidden");
        Comes("m1");

        Assert.Equal("M3", _story.Broken);
    }

    [Fact]
    public void Messages_in_another_order_are_a_fault()
    {
        Sends("m1", "202 accepted");
        Sends("m2", "202 accepted");
        Comes("m2");
        Comes("m1");

        Assert.Equal("M4", _story.Broken);
    }

    [Fact]
    public void A_message_of_a_group_after_leaving_is_a_fault()
    {
        _story.Asks(Bob, "JOIN room@localhost", "200 ok state=member");
        _story.Asks(Alice, "SEND room@localhost mid=g1", "202 accepted", "hi");
        _story.Asks(Bob, "LEAVE room@localhost", "200 ok");
        _story.Gets(Bob, $"MSG room@localhost from={Alice} mid=g1", "hi");

        Assert.Equal("M5", _story.Broken);
    }

    [Fact]
    public void An_accepted_message_that_never_comes_is_a_fault()
    {
        Sends("m1", "202 accepted");

        Assert.Equal("M6", _story.Broken);
    }

    [Fact]
    public void A_message_that_never_comes_to_who_was_away_or_blocked_its_sender_is_no_fault()
    {
        _story.Asks(Bob, $"BLOCK ~ who={Alice}", "200 ok");
        Sends("m1", "202 accepted");
        _story.Asks(Alice, $"SEND {Carol} mid=m2", "202 accepted", "m2");
        _story.Approves(Carol, Alice);
        var late = _story.Begins(Alice, $"SEND {Carol} mid=m3", "m3");
        _story.IsAway(Carol);
        _story.Ends(late, "202 accepted");

        Assert.Equal("", _story.Broken);
    }

    [Fact]
    public void Unavailable_is_a_fault_if_the_recipient_was_online()
    {
        Sends("m1", "480 unavailable");

        Assert.Equal("M7", _story.Broken);
    }

    [Fact]
    public void A_message_of_a_group_that_a_member_never_gets_is_a_fault()
    {
        _story.Asks(Bob, "JOIN room@localhost", "200 ok state=member");
        _story.Asks(Alice, "SEND room@localhost mid=g1", "202 accepted", "hi");

        Assert.Equal("M8", _story.Broken);
    }

    [Fact]
    public void Each_recipient_of_a_list_has_an_answer_of_his_own()
    {
        _story.Approves(Carol, Alice);
        var call = _story.Begins(Alice, $"SEND * to={Bob},{Carol} mid=m1", "m1");
        _story.Ends(call, "207 multi", $"{Bob} 202 accepted\n{Carol} 480 unavailable\n");
        Comes("m1");

        Assert.Equal("M7", _story.Broken);
    }

    private void Sends(string mid, string answer) => _story.Asks(Alice, $"SEND {Bob} mid={mid}", answer, mid);

    private void Comes(string mid) => _story.Gets(Bob, $"MSG ~ from={Alice} mid={mid}", mid);
}
