using Presence.Conformance.Run;
using Presence.Testing;

namespace Presence.Conformance.Tests;

public sealed class TwoSamplesTests
{
    [Fact]
    public void Times_of_one_source_are_alike()
    {
        var numbers = new SeededGenerator(7);
        TwoSamples.MustBeAlike("one", Times(numbers, 400, 0), "two", Times(numbers, 400, 0));
    }

    [Fact]
    public void A_shift_is_found()
    {
        var numbers = new SeededGenerator(7);
        var (one, two) = (Times(numbers, 400, 0), Times(numbers, 400, 6));
        var failure = Assert.Throws<CheckFailedException>(() => TwoSamples.MustBeAlike("one", one, "two", two));
        Assert.Contains("expected one and two to take equally long; got: medians ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rank_sum_is_that_of_the_textbook()
    {
        // Ranks 1, 2, 3 against 4, 5, 6: U = 0, mean 4.5, standard deviation √5.25.
        Assert.Equal(-4.5 / Math.Sqrt(5.25), TwoSamples.Deviation([1, 2, 3], [4, 5, 6]), 10);
        Assert.Equal(0, TwoSamples.Deviation([1, 1], [1, 1]), 10);
    }

    [Fact]
    public void The_median_of_an_even_number_lies_between() => Assert.Equal(2.5, TwoSamples.Median([4, 1, 2, 3]));

    private static List<double> Times(SeededGenerator numbers, int count, double shift) =>
        [.. Enumerable.Range(0, count).Select(_ => 10 + shift + numbers.Next(20_000) / 1000.0)];
}
