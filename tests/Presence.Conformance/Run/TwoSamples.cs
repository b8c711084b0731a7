namespace Presence.Conformance.Run;

/// <summary>Whether two series of times come from the same source, by the rank sum test of Mann and Whitney.</summary>
internal static class TwoSamples
{
    /// <summary>A z beyond this comes by chance once in 1.7 million tests.</summary>
    private const double MostDeviation = 5;

    /// <exception cref="CheckFailedException">They differ by more than chance, and by more than a twentieth.</exception>
    public static void MustBeAlike(string first, IReadOnlyList<double> ofFirst, string second, IReadOnlyList<double> ofSecond)
    {
        var z = Deviation(ofFirst, ofSecond);
        var (one, two) = (Median(ofFirst), Median(ofSecond));
        // A difference that is real but far below what a network adds tells nobody anything.
        if (Math.Abs(z) > MostDeviation && Math.Abs(one - two) > 0.05 * Math.Max(one, two))
        {
            throw new CheckFailedException(
                $"expected {first} and {second} to take equally long; got: medians {one:0.000} and {two:0.000} ms, z = {z:0.0} "
                + $"(n = {ofFirst.Count} and {ofSecond.Count})");
        }
    }

    /// <summary>The rank sum in standard deviations (normal approximation; ties share their rank).</summary>
    public static double Deviation(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var all = first.Select(value => (value, isFirst: true)).Concat(second.Select(value => (value, isFirst: false)))
            .OrderBy(pair => pair.value).ToList();
        double sum = 0;
        for (var i = 0; i < all.Count;)
        {
            var end = i;
            while (end < all.Count && all[end].value == all[i].value)
                end++;
            var rank = (i + 1 + end) / 2.0;
            sum += rank * all[i..end].Count(pair => pair.isFirst);
            i = end;
        }

        double n = first.Count, m = second.Count;
        return (sum - n * (n + m + 1) / 2) / Math.Sqrt(n * m * (n + m + 1) / 12);
    }

    public static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
