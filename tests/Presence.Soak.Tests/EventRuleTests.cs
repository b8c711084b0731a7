using static Presence.Soak.Tests.Story;

namespace Presence.Soak.Tests;

public sealed class EventRuleTests
{
    private readonly Story _story = new();

    [Fact]
    public void A_gap_with_its_prev_is_no_fault()
    {
        _story.Gets(Alice, "WATCHER ~ who=bob");
        _story.Gets(Alice, "WATCHER ~ who=bob", number: 4, prev: 1);

        Assert.Equal("", _story.Broken);
    }

    [Fact]
    public void A_number_that_comes_twice_is_a_fault()
    {
        _story.Gets(Alice, "WATCHER ~ who=bob", number: 3, prev: 0);
        _story.Gets(Alice, "WATCHER ~ who=bob", number: 3, prev: 2);

        Assert.Equal("E1", _story.Broken);
    }

    [Fact]
    public void A_gap_without_prev_is_a_fault()
    {
        _story.Gets(Alice, "WATCHER ~ who=bob");
        _story.Gets(Alice, "WATCHER ~ who=bob", number: 3);

        Assert.Equal("E2", _story.Broken);
    }

    [Fact]
    public void A_version_that_goes_back_is_a_fault()
    {
        _story.Approves(Bob, Alice);
        _story.Asks(Bob, "SET ~/note val=a", "200 ok ver=1");
        _story.Asks(Bob, "SET ~/note val=b", "200 ok ver=2");
        _story.Asks(Alice, "SUB bob@localhost/note id=n", "200 ok state=active");
        _story.Gets(Alice, "NOTIFY bob@localhost/note id=n ver=2 val=b");
        _story.Gets(Alice, "NOTIFY bob@localhost/note id=n ver=1 val=a");

        Assert.Equal("E3", _story.Broken);
    }

    [Fact]
    public void What_is_no_frame_is_a_fault()
    {
        _story.GetsGarbage(Alice);

        Assert.Equal("E5", _story.Broken);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("500 internal")]
    [InlineData("400 bad-request")]
    public void A_request_without_a_sound_answer_is_a_fault(string? answer)
    {
        _story.Asks(Alice, "SET ~/note val=a", answer);

        Assert.Equal("E4", _story.Broken);
    }
}
