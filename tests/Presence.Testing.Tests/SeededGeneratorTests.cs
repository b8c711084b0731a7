namespace Presence.Testing.Tests;

public sealed class SeededGeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        var one = new SeededGenerator(42);
        var other = new SeededGenerator(42);

        Assert.Equal(Numbers(one), Numbers(other));
        Assert.NotEqual(Numbers(one), Numbers(new SeededGenerator(43)));
    }

    [Fact]
    public void The_first_number_of_seed_one_never_changes() =>
        Assert.Equal(0x47E4CE4B896CDD1DUL, new SeededGenerator(1).NextUInt64());

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(ulong.MaxValue)]
    public void Every_number_below_the_limit_comes(ulong seed)
    {
        var generator = new SeededGenerator(seed);

        var seen = Enumerable.Range(0, 500).Select(_ => generator.Next(7)).ToHashSet();

        Assert.Equal(Enumerable.Range(0, 7), seen.Order());
    }

    [Fact]
    public void Shuffling_keeps_the_items()
    {
        var items = Enumerable.Range(0, 50).ToArray();

        new SeededGenerator(7).Shuffle<int>(items);

        Assert.NotEqual(Enumerable.Range(0, 50), items);
        Assert.Equal(Enumerable.Range(0, 50), items.Order());
    }

    [Fact]
    public void Both_ends_of_a_range_come()
    {
        var generator = new SeededGenerator(3);

        var seen = Enumerable.Range(0, 200).Select(_ => generator.Between(-1, 1)).ToHashSet();

        Assert.Equal([-1, 0, 1], seen.Order());
    }

    private static List<ulong> Numbers(SeededGenerator generator) =>
        [.. Enumerable.Range(0, 10).Select(_ => generator.NextUInt64())];
}
