namespace Presence.OrleansSemantics.Tests.Observers;

[Alias("semantics.answerer")]
public interface IAnswerer : IGrainObserver
{
    [Alias("ask")]
    Task<int> Ask(int number);

    [Alias("ask-briefly")]
    [ResponseTimeout("00:00:01")]
    Task<int> AskBriefly(int number);
}

[Alias("semantics.asking")]
public interface IAskingGrain : IGrainWithStringKey
{
    [Alias("ask")]
    Task<int> Ask(IAnswerer answerer, int number);

    /// <summary>The answer, or the name of the exception that came instead.</summary>
    [Alias("ask-briefly")]
    Task<string> AskBriefly(IAnswerer answerer, int number);

    /// <summary>Asks one without waiting, then the other; gives the answer of the other.</summary>
    [Alias("ask-both")]
    Task<int> AskBoth(IAnswerer first, IAnswerer second, int number);
}

internal sealed class AskingGrain : Grain, IAskingGrain
{
    public Task<int> Ask(IAnswerer answerer, int number) => answerer.Ask(number);

    public async Task<string> AskBriefly(IAnswerer answerer, int number)
    {
        try
        {
            return $"{await answerer.AskBriefly(number)}";
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }

    public Task<int> AskBoth(IAnswerer first, IAnswerer second, int number)
    {
        first.Ask(number).Ignore();
        return second.Ask(number);
    }
}
