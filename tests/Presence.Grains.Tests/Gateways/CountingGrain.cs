namespace Presence.Grains.Tests.Gateways;

[Alias("tests.counter")]
public interface ICounter : IGrainObserver
{
    [Alias("count")]
    Task<int> Count();
}

[Alias("tests.counting")]
public interface ICountingGrain : IGrainWithStringKey
{
    [Alias("count")]
    Task<int> Count();

    [Alias("count-soon")]
    [ResponseTimeout("00:00:02")]
    Task<int> CountSoon();

    /// <summary>What the observer has counted, or the name of the exception that came instead.</summary>
    [Alias("count-at")]
    Task<string> CountAt(ICounter counter);
}

[Orleans.Concurrency.Reentrant]
internal sealed class CountingGrain : Grain, ICountingGrain
{
    private int _count;

    public Task<int> Count() => Task.FromResult(++_count);

    public Task<int> CountSoon() => Count();

    public async Task<string> CountAt(ICounter counter)
    {
        try
        {
            return $"{await counter.Count()}";
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }
}
