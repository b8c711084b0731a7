using static Presence.Soak.Tests.Story;

namespace Presence.Soak.Tests;

public sealed class WatchRuleTests
{
    private readonly Story _story = new();

    [Fact]
    public void A_watcher_who_ends_with_the_last_value_is_no_fault()
    {
        Watches("note");
        Sets("note", "a");
        Notifies("note", 1, "a");
        Ends("note", "a");

        Assert.Equal("", _story.Broken);
    }

    [Fact]
    public void A_watcher_who_ends_with_an_old_value_is_a_fault()
    {
        Watches("note");
        Sets("note", "a");
        Notifies("note", 1, "a");
        Sets("note", "b");
        Ends("note", "b");

        Assert.Equal("W1", _story.Broken);
    }

    [Fact]
    public void A_watcher_who_still_waits_after_his_approval_is_a_fault()
    {
        _story.Asks(Alice, $"SUB {Bob}/note id=n", "202 pending state=pending");
        _story.Approves(Bob, Alice);
        Sets("note", "a");
        Ends("note", "a");

        Assert.Equal("W2", _story.Broken);
    }

    [Theory]
    [InlineData("offline", "")]
    [InlineData("b0", "W3")]
    public void Who_is_blocked_politely_must_see_a_user_who_is_offline(string seen, string broken)
    {
        Watches("status");
        Notifies("status", 1, "b0");
        _story.Asks(Bob, $"BLOCK ~ who={Alice}", "200 ok");
        if (seen != "b0")
            Notifies("status", 2, seen);
        Sets("ep/soak/status", "b1");
        Ends("status", "b1");

        Assert.Equal(broken, _story.Broken);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "W4")]
    public void Who_is_blocked_explicitly_must_be_told(bool isTold, string broken)
    {
        Watches("note");
        _story.Asks(Bob, $"BLOCK ~ who={Alice} mode=explicit", "200 ok");
        if (isTold)
            _story.Gets(Alice, $"NOTIFY {Bob}/note id=n state=terminated why=rejected");
        Sets("note", "a");
        Ends("note", "a");

        Assert.Equal(broken, _story.Broken);
    }

    private void Watches(string property)
    {
        _story.Approves(Bob, Alice);
        _story.Asks(Alice, $"SUB {Bob}/{property} id=n", "200 ok state=active");
    }

    private void Sets(string place, string value) => _story.Asks(Bob, $"SET ~/{place} val={value}", "200 ok ver=1");

    private void Notifies(string property, int version, string value) =>
        _story.Gets(Alice, $"NOTIFY {Bob}/{property} id=n ver={version} val={value}");

    private void Ends(string property, string value) => _story.Asks(Bob, $"GET ~/{property}", $"200 ok val={value}");
}
