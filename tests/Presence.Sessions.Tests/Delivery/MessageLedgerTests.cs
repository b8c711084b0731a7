using Presence.Contracts.Nearby;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Tests.Delivery;

public sealed class MessageLedgerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly Address Alice = Address.Parse("alice@a.example");
    private readonly MessageLedger _ledger = new();

    [Fact]
    public void A_message_that_is_in_hand_is_not_taken_again()
    {
        Assert.Equal(Taking.New, _ledger.Take(Message("m1"), Now));

        Assert.Equal(Taking.InHand, _ledger.Take(Message("m1"), Now));
        Assert.Equal(["m1"], _ledger.InHand.Select(message => message.Id));
    }

    [Fact]
    public void A_message_that_was_settled_is_not_taken_again_for_ten_minutes()
    {
        _ledger.Take(Message("m1"), Now);
        _ledger.Settle([Key("m1")], Now);

        Assert.Equal(Taking.Settled, _ledger.Take(Message("m1"), Now.AddMinutes(9)));
        Assert.Equal(Taking.New, _ledger.Take(Message("m1"), Now.AddMinutes(11)));
    }

    [Fact]
    public void A_settled_message_that_a_grain_hands_over_again_is_acknowledged_to_it_again()
    {
        _ledger.Take(Message("m1"), Now);
        _ledger.Settle([Key("m1")], Now);

        _ledger.Take(Message("m1"), Now);

        Assert.Equal([Key("m1")], _ledger.Acknowledged);
    }

    [Fact]
    public void An_acknowledgement_that_no_grain_has_heard_is_remembered_with_its_message()
    {
        _ledger.Take(Message("m1"), Now);
        _ledger.Acknowledge([Key("m1")]);

        Assert.Equal([Key("m1")], _ledger.Acknowledged);
        Assert.Single(_ledger.InHand);

        _ledger.Settle([Key("m1")], Now);

        Assert.Empty(_ledger.Acknowledged);
        Assert.Empty(_ledger.InHand);
    }

    [Fact]
    public void What_was_acknowledged_at_another_gateway_is_still_to_be_told()
    {
        _ledger.Take(Message("m1"), Now);
        _ledger.Recall([Key("m1")]);

        Assert.Equal([Key("m1")], _ledger.Acknowledged);
    }

    [Fact]
    public void What_the_outbox_refused_may_come_again()
    {
        _ledger.Take(Message("m1"), Now);
        _ledger.Return(Message("m1"));

        Assert.Equal(Taking.New, _ledger.Take(Message("m1"), Now));
    }

    [Fact]
    public void Of_many_settled_messages_the_oldest_are_forgotten()
    {
        foreach (var number in Enumerable.Range(0, 1000))
            _ledger.Settle([Key($"m{number}")], Now);

        Assert.Equal(Taking.New, _ledger.Take(Message("m0"), Now));
        Assert.Equal(Taking.Settled, _ledger.Take(Message("m999"), Now));
    }

    [Fact]
    public void The_last_256_settled_messages_are_remembered()
    {
        foreach (var number in Enumerable.Range(0, 1000))
        {
            _ledger.Take(Message($"m{number}"), Now);
            _ledger.Settle([Key($"m{number}")], Now);
        }

        Assert.All(Enumerable.Range(744, 256), number => Assert.Equal(Taking.Settled, _ledger.Take(Message($"m{number}"), Now)));
        Assert.Equal(Taking.New, _ledger.Take(Message("m743"), Now));
    }

    [Fact]
    public void A_message_that_is_settled_again_is_remembered_from_then_on()
    {
        _ledger.Settle([Key("m1")], Now);
        _ledger.Settle([Key("m1")], Now.AddMinutes(9));

        Assert.Equal(Taking.Settled, _ledger.Take(Message("m1"), Now.AddMinutes(18)));
    }

    [Fact]
    public void A_receipt_is_taken_once()
    {
        var receipt = new Receipt(Alice, "m1", Disposition.Delivered, Now);

        Assert.True(_ledger.TakeReceipt(receipt));
        Assert.False(_ledger.TakeReceipt(receipt));
        Assert.True(_ledger.TakeReceipt(receipt with { Disposition = Disposition.Displayed }));
    }

    private static MarkedKey Key(string id) => new(new MessageKey(Alice, id));

    private static InstantMessage Message(string id) => new(
        Alice, id, "text/plain", "x"u8.ToArray(), null, null, null, ReceiptWishes.None, false, Now, Now.AddHours(1));
}
