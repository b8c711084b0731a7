using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Tests.Properties;
using static Presence.Model.Tests.Messages.Letter;

namespace Presence.Model.Tests.Messages;

public sealed class InboxTests
{
    private static readonly DateTimeOffset Now = Node.Noon;
    private readonly Inbox _inbox = new(new InboxLimits(MaxWaiting: 3, MaxRemembered: 2, TimeSpan.FromMinutes(10)));

    [Fact]
    [Trait("Conformance", "MSG-05")]
    public void The_first_acknowledgement_settles_a_message_and_further_ones_say_nothing()
    {
        var message = Of("1");
        _inbox.Accept(message, ["desk", "phone"], Now);
        Assert.Same(message, _inbox.Acknowledge(Bob, "1", "phone"));
        Assert.Null(_inbox.Acknowledge(Bob, "1", "phone"));
        Assert.Null(_inbox.Acknowledge(Bob, "1", "desk"));
        Assert.Empty(_inbox.Abandon("desk"));
        Assert.Empty(_inbox.EndExpired(Now.AddYears(1)));
        Assert.Equal(0, _inbox.WaitingCount);
    }

    [Fact]
    public void An_acknowledgement_that_the_sender_could_not_be_told_may_come_again()
    {
        var message = Of("1");
        _inbox.Accept(message, ["desk"], Now);
        _inbox.Acknowledge(Bob, "1", "desk");

        _inbox.Restore(message, "desk", Now);

        Assert.Same(message, _inbox.Acknowledge(Bob, "1", "desk"));
        Assert.True(_inbox.IsKnown(Bob, "1"));
    }

    [Fact]
    public void Nobody_acknowledges_what_he_was_not_given()
    {
        _inbox.Accept(Of("1"), ["desk"], Now);
        Assert.Null(_inbox.Acknowledge(Bob, "1", "phone"));
        Assert.Null(_inbox.Acknowledge(Bob, "2", "desk"));
        Assert.Null(_inbox.Acknowledge(Address.Parse("carol@b.example"), "1", "desk"));
        Assert.Equal(1, _inbox.WaitingCount);
    }

    [Fact]
    public void What_the_last_session_did_not_take_is_as_if_it_had_never_come()
    {
        _inbox.Accept(Of("1"), ["desk", "phone"], Now);
        _inbox.Release(Bob, "1", "desk");
        Assert.Equal(["phone"], _inbox.Holders(Bob, "1"));
        Assert.Null(_inbox.Find(Bob, "1", "desk"));
        Assert.NotNull(_inbox.Find(Bob, "1", "phone"));

        _inbox.Release(Bob, "1", "phone");

        Assert.False(_inbox.IsKnown(Bob, "1"));
        Assert.Equal(0, _inbox.WaitingCount);
    }

    [Fact]
    public void What_was_acknowledged_is_not_released()
    {
        _inbox.Accept(Of("1"), ["desk", "phone"], Now);
        _inbox.Acknowledge(Bob, "1", "desk");

        _inbox.Release(Bob, "1", "phone");

        Assert.True(_inbox.IsKnown(Bob, "1"));
    }

    [Fact]
    public void A_message_fails_when_the_last_session_that_holds_it_is_gone()
    {
        _inbox.Accept(Of("1"), ["desk", "phone"], Now);
        _inbox.Accept(Of("2"), ["desk"], Now);
        Assert.Equal(["2"], _inbox.Abandon("desk").Select(o => o.Message.Id));
        Assert.Empty(_inbox.Abandon("desk"));
        Assert.Null(_inbox.Acknowledge(Bob, "1", "desk"));
        Assert.Equal(["1"], _inbox.Abandon("phone").Select(o => o.Message.Id));
    }

    [Fact]
    public void A_message_fails_when_its_time_is_over()
    {
        _inbox.Accept(Of("1", Now.AddSeconds(30)), ["desk"], Now);
        _inbox.Accept(Of("2", Now.AddSeconds(20)), ["desk"], Now);
        Assert.Equal(Now.AddSeconds(20), _inbox.NextExpiry);
        Assert.Empty(_inbox.EndExpired(Now.AddSeconds(20).AddTicks(-1)));
        Assert.Equal(["2"], _inbox.EndExpired(Now.AddSeconds(20)).Select(m => m.Id));
        Assert.Equal(Now.AddSeconds(30), _inbox.NextExpiry);
        Assert.Equal(["1"], _inbox.EndExpired(Now.AddSeconds(31)).Select(m => m.Id));
        Assert.Null(_inbox.NextExpiry);
        Assert.Null(_inbox.Acknowledge(Bob, "1", "desk"));
    }

    [Fact]
    public void An_inbox_is_full_until_something_leaves_it()
    {
        foreach (var id in new[] { "1", "2", "3" })
        {
            Assert.False(_inbox.IsFull);
            _inbox.Accept(Of(id), ["desk"], Now);
        }

        Assert.True(_inbox.IsFull);
        _inbox.Acknowledge(Bob, "2", "desk");
        Assert.False(_inbox.IsFull);
    }

    [Fact]
    [Trait("Conformance", "RES-14")]
    public void A_message_is_known_while_it_waits_and_for_some_time_after()
    {
        Assert.False(_inbox.IsKnown(Bob, "1"));
        _inbox.Accept(Of("1"), ["desk"], Now);
        Assert.True(_inbox.IsKnown(Bob, "1"));
        Assert.False(_inbox.IsKnown(Address.Parse("carol@b.example"), "1"));

        _inbox.Acknowledge(Bob, "1", "desk");
        _inbox.Accept(Of("2"), ["desk"], Now.AddMinutes(10).AddTicks(-1));
        Assert.True(_inbox.IsKnown(Bob, "1"));
        _inbox.Accept(Of("3"), ["desk"], Now.AddMinutes(10));
        Assert.False(_inbox.IsKnown(Bob, "1"));
    }

    [Fact]
    public void A_message_with_a_long_life_is_known_as_long_as_it_may_be_sent_again()
    {
        _inbox.Accept(Of("1", Now.AddHours(1)), ["desk"], Now);
        _inbox.Acknowledge(Bob, "1", "desk");
        _inbox.Accept(Of("2"), ["desk"], Now.AddMinutes(59));
        Assert.True(_inbox.IsKnown(Bob, "1"));
    }

    [Fact]
    [Trait("Conformance", "RES-14")]
    public void A_message_that_waits_is_known_however_many_come_after_it()
    {
        _inbox.Accept(Of("slow", Now.AddHours(1)), ["desk"], Now);
        for (var n = 0; n < 10; n++)
        {
            _inbox.Accept(Of($"{n}"), ["phone"], Now.AddMinutes(n * 2));
            _inbox.Acknowledge(Bob, $"{n}", "phone");
        }

        Assert.True(_inbox.IsKnown(Bob, "slow"));
        Assert.Equal("slow", _inbox.Acknowledge(Bob, "slow", "desk")?.Id);
    }

    [Fact]
    public void Memory_of_what_is_settled_is_bounded_and_the_oldest_goes_first()
    {
        for (var n = 0; n < 10; n++)
        {
            _inbox.Accept(Of($"{n}"), ["desk"], Now);
            _inbox.Acknowledge(Bob, $"{n}", "desk");
        }

        Assert.Equal(["8", "9"], Enumerable.Range(0, 10).Select(n => $"{n}").Where(id => _inbox.IsKnown(Bob, id)));
    }

    [Fact]
    public void A_message_that_is_known_is_not_taken_a_second_time()
    {
        var first = Of("1");
        _inbox.Accept(first, ["desk"], Now);
        _inbox.Accept(Of("1"), ["phone"], Now);
        Assert.Equal(1, _inbox.WaitingCount);
        Assert.Same(first, _inbox.Acknowledge(Bob, "1", "desk"));
        _inbox.Accept(Of("1"), ["phone"], Now);
        Assert.Equal(0, _inbox.WaitingCount);
    }

    [Fact]
    public void What_is_withdrawn_is_not_known_any_more()
    {
        _inbox.Accept(Of("1"), ["desk"], Now);
        _inbox.Withdraw(Of("1"));
        Assert.False(_inbox.IsKnown(Bob, "1"));
        Assert.True(_inbox.Accept(Of("1"), ["phone"], Now));
    }

    [Fact]
    public void The_display_of_a_message_that_is_forgotten_is_told_to_nobody()
    {
        for (var n = 1; n <= 3; n++)
        {
            _inbox.Accept(Of($"{n}", wants: ReceiptWishes.Displayed), ["desk"], Now);
            _inbox.Acknowledge(Bob, $"{n}", "desk");
        }

        Assert.Null(_inbox.Display(Bob, "1"));
        Assert.True(_inbox.Display(Bob, "2")?.MustTell);
    }

    [Fact]
    [Trait("Conformance", "MSG-06")]
    public void The_display_of_a_message_is_told_once_and_only_if_it_was_wanted()
    {
        _inbox.Accept(Of("1", wants: ReceiptWishes.Displayed | ReceiptWishes.Delivered), ["desk"], Now);
        _inbox.Accept(Of("2", wants: ReceiptWishes.Delivered), ["desk"], Now);
        Assert.True(_inbox.Display(Bob, "1")?.MustTell);
        Assert.False(_inbox.Display(Bob, "1")?.MustTell);
        Assert.False(_inbox.Display(Bob, "2")?.MustTell);
        Assert.Null(_inbox.Display(Bob, "3"));

        _inbox.Accept(Of("4", wants: ReceiptWishes.Displayed), ["desk"], Now);
        _inbox.Acknowledge(Bob, "4", "desk");
        Assert.True(_inbox.Display(Bob, "4")?.MustTell);
    }
}
