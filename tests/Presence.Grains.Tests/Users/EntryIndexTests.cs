using Presence.Grains.Users;

namespace Presence.Grains.Tests.Users;

public sealed class EntryIndexTests
{
    [Fact]
    public void A_long_list_knows_its_ids_and_the_first_end()
    {
        var index = new EntryIndex();
        index.Follow(Entries(EntryIndex.Long, until: 2000));

        Assert.True(index.MayHold("w0"));
        Assert.False(index.MayHold("other"));
        Assert.False(index.MayEndBy(1999));
        Assert.True(index.MayEndBy(2000));
    }

    [Fact]
    public void A_short_list_may_hold_anything_and_end_at_any_time()
    {
        var index = new EntryIndex();
        index.Follow(Entries(EntryIndex.Long - 1, until: 2000));

        Assert.True(index.MayHold("other"));
        Assert.True(index.MayEndBy(0));
    }

    [Fact]
    public void What_is_gained_is_known_and_may_end_before_all_others()
    {
        var index = new EntryIndex();
        var list = Entries(EntryIndex.Long, until: 2000);
        index.Follow(list);
        var gained = new OutgoingRecord.Entry { Id = "new", Until = 1500 };

        List<OutgoingRecord.Entry> next = [.. list, gained];
        index.Gained(next, [gained]);
        index.Follow(next);

        Assert.True(index.MayHold("new"));
        Assert.True(index.MayHold("w0"));
        Assert.False(index.MayHold("other"));
        Assert.True(index.MayEndBy(1500));
    }

    [Fact]
    public void Another_list_is_looked_at_anew()
    {
        var index = new EntryIndex();
        index.Follow(Entries(EntryIndex.Long, until: 2000));
        index.Follow(Entries(EntryIndex.Long + 1, until: 3000)[1..]);

        Assert.False(index.MayHold("w0"));
        Assert.False(index.MayEndBy(2000));
    }

    [Fact]
    public void A_list_that_has_become_long_is_known_from_then_on()
    {
        var index = new EntryIndex();
        var list = Entries(EntryIndex.Long - 1, until: 2000);
        index.Follow(list);
        var gained = new OutgoingRecord.Entry { Id = "new", Until = 1500 };

        index.Gained([.. list, gained], [gained]);

        Assert.True(index.MayHold("new"));
        Assert.False(index.MayHold("other"));
    }

    private static List<OutgoingRecord.Entry> Entries(int count, long until) =>
        [.. Enumerable.Range(0, count).Select(i => new OutgoingRecord.Entry { Id = $"w{i}", Until = until })];
}
