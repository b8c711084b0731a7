using static Presence.Soak.Tests.Story;

namespace Presence.Soak.Tests;

public sealed class RightRuleTests
{
    private const string Color = "x.localhost.color";
    private readonly Story _story = new();

    [Fact]
    public void A_value_from_before_the_approval_is_no_fault_after_it()
    {
        Sets("note", "a");
        _story.Approves(Bob, Alice);
        Notifies("note", "a");

        Assert.Equal("", _story.Broken);
    }

    [Fact]
    public void A_value_to_a_stranger_is_a_fault()
    {
        Sets("note", "a");
        Notifies("note", "a");

        Assert.Equal("P1", _story.Broken);
    }

    [Fact]
    public void A_value_that_was_written_while_the_approval_was_under_way_is_no_fault()
    {
        var approval = _story.Begins(Bob, $"APPROVE ~ who={Alice}");
        Sets("note", "a");
        Notifies("note", "a");
        _story.Ends(approval, "200 ok");

        Assert.Equal("", _story.Broken);
    }

    [Theory]
    [InlineData("BLOCK ~ who=alice@localhost", "P1")]
    [InlineData("BLOCK ~ who=alice@localhost mode=explicit", "P1")]
    [InlineData("DENY ~ who=alice@localhost", "P1")]
    [InlineData("DENY ~ who=alice@localhost mode=explicit", "P1")]
    [InlineData("BLOCK ~ who=carol@localhost", "")]
    [InlineData("UNBLOCK ~ who=alice@localhost", "")]
    public void A_value_written_after_a_decision_follows_it(string decision, string broken)
    {
        _story.Approves(Bob, Alice);
        _story.Asks(Bob, decision, "200 ok");
        Sets("note", "a");
        Notifies("note", "a");

        Assert.Equal(broken, _story.Broken);
    }

    [Theory]
    [InlineData("a", "")]
    [InlineData("b", "P1")]
    public void Who_is_blocked_politely_may_see_the_past_and_nothing_else(string value, string broken)
    {
        Sets(Color, "a");
        _story.Asks(Bob, $"BLOCK ~ who={Alice}", "200 ok");
        _story.Asks(Bob, $"SETACL ~/{Color}", "200 ok", "allow * read,sub");
        Sets(Color, "b");
        _story.Asks(Bob, $"DENY ~ who={Alice}", "200 ok");
        Notifies(Color, value);

        Assert.Equal(broken, _story.Broken);
    }

    [Fact]
    public void A_block_whose_answer_was_lost_proves_nothing()
    {
        _story.Approves(Bob, Alice);
        _story.Asks(Bob, $"BLOCK ~ who={Alice}", null);
        Sets("note", "a");
        Notifies("note", "a");

        Assert.Equal("E4", _story.Broken);
    }

    [Theory]
    [InlineData("allow * read,sub", "")]
    [InlineData("deny * read,sub", "P1")]
    public void An_access_list_decides_about_its_property(string list, string broken)
    {
        _story.Approves(Bob, Alice);
        _story.Asks(Bob, $"SETACL ~/{Color}", "200 ok", list);
        Sets(Color, "a");
        Notifies(Color, "a");

        Assert.Equal(broken, _story.Broken);
    }

    [Fact]
    public void A_value_that_nobody_wrote_is_a_fault()
    {
        _story.Approves(Bob, Alice);
        Notifies("note", "a");

        Assert.Equal("P2", _story.Broken);
    }

    private void Sets(string place, string value) => _story.Asks(Bob, $"SET ~/{place} val={value}", "200 ok ver=1");

    private void Notifies(string property, string value)
    {
        _story.Asks(Alice, $"SUB {Bob}/{property} id=n", "200 ok state=active");
        _story.Gets(Alice, $"NOTIFY {Bob}/{property} id=n ver=1 val={value}");
    }
}
