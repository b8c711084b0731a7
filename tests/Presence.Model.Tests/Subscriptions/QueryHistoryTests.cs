using Presence.Model.Subscriptions;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Subscriptions;

public sealed class QueryHistoryTests
{
    private static readonly QueryLimits Limits = new(3, TimeSpan.FromDays(30), CountsOnly: false);

    [Fact]
    public void Queries_of_one_asker_are_counted_together_with_how_many_were_refused()
    {
        var history = QueryHistory.Empty
            .With("bob@b.example", false, Node.Noon, Limits)
            .With("bob@b.example", true, Node.Noon.AddHours(1), Limits);
        Assert.Equal(
            new QueryEntry("bob@b.example", 2, 1, Node.Noon.AddHours(1)),
            Assert.Single(history.Current(Node.Noon.AddHours(1), Limits)));
    }

    [Fact]
    public void Who_asked_longest_ago_makes_room()
    {
        var history = QueryHistory.Empty;
        foreach (var (who, hour) in new[] { ("a", 3), ("b", 1), ("c", 2), ("d", 4) })
            history = history.With(who, false, Node.Noon.AddHours(hour), Limits);
        Assert.Equal(["d", "a", "c"], history.Current(Node.Noon.AddHours(5), Limits).Select(e => e.Who));
    }

    [Fact]
    public void What_is_older_than_the_retention_is_not_told_and_does_not_count_again()
    {
        var history = QueryHistory.Empty.With("a", false, Node.Noon, Limits);
        Assert.Empty(history.Current(Node.Noon.AddDays(31), Limits));
        Assert.Equal(1, Assert.Single(history.With("a", false, Node.Noon.AddDays(31), Limits).Current(Node.Noon.AddDays(31), Limits)).Count);
    }

    [Fact]
    public void Counts_only_keeps_no_names_and_none_keeps_nothing()
    {
        var counts = Limits with { CountsOnly = true };
        var history = QueryHistory.Empty.With("a", false, Node.Noon, counts).With("b", true, Node.Noon, counts);
        Assert.Equal(new QueryEntry("*", 2, 1, Node.Noon), Assert.Single(history.Current(Node.Noon, counts)));
        Assert.Same(QueryHistory.Empty, history.With("a", false, Node.Noon, Limits with { MaxEntries = 0 }));
    }
}
