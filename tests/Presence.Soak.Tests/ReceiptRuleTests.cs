using static Presence.Soak.Tests.Story;

namespace Presence.Soak.Tests;

public sealed class ReceiptRuleTests
{
    private readonly Story _story = new();

    [Theory]
    [InlineData("delivered")]
    [InlineData("failed")]
    public void One_receipt_of_a_message_is_no_fault(string disposition)
    {
        Sends(want: true);
        if (disposition == "delivered")
            Comes();
        Tells(disposition);

        Assert.Equal("", _story.Broken);
    }

    [Fact]
    public void Two_receipts_are_a_fault()
    {
        Sends(want: true);
        Comes();
        Tells("delivered");
        Tells("failed");

        Assert.Equal("R1", _story.Broken);
    }

    [Fact]
    public void A_receipt_that_nobody_wanted_is_a_fault()
    {
        Sends(want: false);
        Comes();
        Tells("delivered");

        Assert.Equal("R2", _story.Broken);
    }

    [Fact]
    public void A_receipt_for_what_never_came_is_a_fault()
    {
        _story.Approves(Bob, Alice).IsAway(Bob);
        var call = _story.Begins(Alice, $"SEND {Bob} mid=m1 want=delivered", "m1");
        _story.IsAway(Bob);
        _story.Ends(call, "202 accepted");
        Tells("delivered");

        Assert.Equal("R3", _story.Broken);
    }

    [Fact]
    public void A_receipt_to_a_stranger_is_a_fault()
    {
        _story.Asks(Alice, $"SEND {Bob} mid=m1 want=delivered", "202 accepted", "m1");
        Comes();
        Tells("delivered");

        Assert.Equal("R4", _story.Broken);
    }

    [Fact]
    public void A_receipt_that_never_comes_is_a_fault()
    {
        Sends(want: true);
        Comes();

        Assert.Equal("R5", _story.Broken);
    }

    [Fact]
    public void Nothing_is_owed_to_who_was_blocked_meanwhile()
    {
        Sends(want: true);
        Comes();
        _story.Asks(Bob, $"BLOCK ~ who={Alice}", "200 ok");

        Assert.Equal("", _story.Broken);
    }

    private void Sends(bool want)
    {
        _story.Approves(Bob, Alice);
        _story.Asks(Alice, $"SEND {Bob} mid=m1{(want ? " want=delivered" : "")}", "202 accepted", "m1");
    }

    private void Comes() => _story.Gets(Bob, $"MSG ~ from={Alice} mid=m1", "m1");

    private void Tells(string disposition) => _story.Gets(Alice, $"RECEIPT {Bob} mid=m1 disp={disposition}");
}
