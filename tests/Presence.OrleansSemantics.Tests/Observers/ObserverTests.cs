using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.Observers;

public sealed class ObserverTests(SemanticsSilo silo)
{
    [Fact]
    public async Task A_grain_awaits_an_observer_and_is_given_its_answer()
    {
        var answerer = new Answerer(number => Task.FromResult(number * 2));

        Assert.Equal(42, await silo.NewGrain<IAskingGrain>().Ask(Reference(answerer), 21));

        GC.KeepAlive(answerer);
    }

    [Fact]
    public async Task The_grain_waits_until_the_observer_has_answered()
    {
        var gate = Gate.Of(SemanticsSilo.FreshKey());
        var answerer = new Answerer(async number =>
        {
            await gate.Pass();
            return number;
        });

        var asking = silo.NewGrain<IAskingGrain>().Ask(Reference(answerer), 1);
        await gate.Reached;

        Assert.False(asking.IsCompleted);
        gate.Open();
        Assert.Equal(1, await asking);
        GC.KeepAlive(answerer);
    }

    [Fact]
    public async Task What_an_observer_throws_reaches_the_grain()
    {
        var answerer = new Answerer(_ => throw new InvalidOperationException("No."));

        var answer = await silo.NewGrain<IAskingGrain>().AskBriefly(Reference(answerer), 1);

        Assert.Equal(nameof(InvalidOperationException), answer);
        GC.KeepAlive(answerer);
    }

    [Fact]
    public async Task Asking_an_observer_that_is_gone_fails_after_the_timeout_rather_than_hang()
    {
        var answerer = new Answerer(Task.FromResult);
        var reference = Reference(answerer);
        silo.Client.DeleteObjectReference<IAnswerer>(reference);

        var answer = await silo.NewGrain<IAskingGrain>().AskBriefly(reference, 1);

        Assert.Equal(nameof(TimeoutException), answer);
        GC.KeepAlive(answerer);
    }

    [Fact]
    public async Task One_observer_object_is_given_one_call_at_a_time_and_another_does_not_wait_for_it()
    {
        var key = SemanticsSilo.FreshKey();
        var (gate, journal) = (Gate.Of(key), Journal.Of(key));
        var slow = new Answerer(async number =>
        {
            journal.Add("called");
            await gate.Pass();
            return number;
        });
        var quick = new Answerer(Task.FromResult);
        var (slowReference, quickReference) = (Reference(slow), Reference(quick));
        var first = silo.NewGrain<IAskingGrain>().Ask(slowReference, 1);
        await gate.Reached;

        // When the quick one has answered, the slow one has been asked a second time.
        Assert.Equal(2, await silo.NewGrain<IAskingGrain>().AskBoth(slowReference, quickReference, 2));

        Assert.Equal(["called"], journal.Lines);
        gate.Open();
        Assert.Equal(1, await first);
        await journal.Has("called", times: 2);
        GC.KeepAlive((slow, quick));
    }

    private IAnswerer Reference(Answerer answerer) => silo.Client.CreateObjectReference<IAnswerer>(answerer);

    private sealed class Answerer(Func<int, Task<int>> answer) : IAnswerer
    {
        public Task<int> Ask(int number) => answer(number);

        public Task<int> AskBriefly(int number) => answer(number);
    }
}
