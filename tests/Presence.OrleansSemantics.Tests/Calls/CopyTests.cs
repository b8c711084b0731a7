using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.Calls;

public sealed class CopyTests(SemanticsSilo silo)
{
    [Fact]
    public async Task What_a_grain_does_to_its_argument_is_not_seen_by_the_caller()
    {
        List<int> numbers = [7];

        var answer = await silo.NewGrain<ICallGrain>().Extend(numbers);

        Assert.Equal([7], numbers);
        Assert.Equal([7, 1], answer);
    }

    [Fact]
    public async Task Between_grains_of_one_silo_arguments_and_results_are_copied() =>
        Assert.False(await silo.NewGrain<ICallGrain>().SharesMutable(silo.NewGrain<ICallGrain>()));

    [Fact]
    public async Task What_is_marked_immutable_is_shared_within_a_silo() =>
        Assert.True(await silo.NewGrain<ICallGrain>().SharesImmutable(silo.NewGrain<ICallGrain>()));
}
