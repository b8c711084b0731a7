using Presence.Model.Locating;
using Presence.Testing;

namespace Presence.Model.Tests.Locating;

public sealed class SrvOrderTests
{
    private const int Draws = 10_000;

    private readonly SeededGenerator _generator = new(2782);

    [Fact]
    public void A_lower_priority_comes_first_whatever_its_weight()
    {
        var order = SrvOrder.Of([Record(20, 100, "c"), Record(10, 0, "a"), Record(15, 1, "b")], Draw);

        Assert.Equal(["a", "b", "c"], order.Select(record => record.Target));
    }

    [Fact]
    [Trait("Conformance", "LOC-06")]
    public void First_places_follow_the_weights()
    {
        var first = FirstPlaces(Record(1, 60, "a"), Record(1, 30, "b"), Record(1, 10, "c"));

        Assert.InRange(first["a"], 5700, 6300);
        Assert.InRange(first["b"], 2700, 3300);
        Assert.InRange(first["c"], 700, 1300);
    }

    [Fact]
    public void A_record_of_weight_0_comes_first_in_about_one_of_a_hundred_draws() =>
        Assert.InRange(FirstPlaces(Record(1, 100, "a"), Record(1, 0, "z"))["z"], 50, 160);

    [Fact]
    public void Records_of_weight_0_alone_come_in_random_order()
    {
        var first = FirstPlaces(Record(1, 0, "a"), Record(1, 0, "b"), Record(1, 0, "c"));

        Assert.All(first.Values, count => Assert.InRange(count, 3000, 3700));
    }

    [Fact]
    public void Every_record_comes_once_and_32_at_most()
    {
        var records = Enumerable.Range(0, 40).Select(i => Record(i % 3, i, $"h{i}")).ToList();

        var order = SrvOrder.Of(records, Draw);

        Assert.Equal(32, order.Select(record => record.Target).Distinct().Count());
        Assert.Equal(order.Select(record => record.Priority).Order(), order.Select(record => record.Priority));
    }

    [Fact]
    public void A_single_dot_says_that_there_is_no_service_and_beside_others_it_is_passed_over()
    {
        Assert.True(SrvOrder.IsRefused([Record(0, 0, "")]));
        Assert.False(SrvOrder.IsRefused([]));
        Assert.False(SrvOrder.IsRefused([Record(0, 0, ""), Record(0, 0, "a")]));
        Assert.Equal("a", Assert.Single(SrvOrder.Of([Record(0, 0, ""), Record(0, 0, "a")], Draw)).Target);
    }

    private static SrvRecord Record(int priority, int weight, string target) => new(priority, weight, 7750, target);

    private Dictionary<string, int> FirstPlaces(params SrvRecord[] records) => Enumerable.Range(0, Draws)
        .Select(_ => SrvOrder.Of(records, Draw)[0].Target).CountBy(target => target).ToDictionary();

    private int Draw(int most) => _generator.Next(most + 1);
}
