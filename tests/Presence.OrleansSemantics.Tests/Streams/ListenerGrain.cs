using Orleans.Streams;
using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.Streams;

/// <summary>An explicit subscriber of the stream that has its key; what it is told is in its journal.</summary>
[Alias("semantics.listener")]
public interface IListenerGrain : IGrainWithStringKey
{
    /// <summary>Subscribes, and says what later activations do about the subscription when they begin.</summary>
    [Alias("subscribe")]
    Task Subscribe(WhenActivated then);

    [Alias("resume")]
    Task Resume();

    [Alias("handles")]
    Task<int> Handles();
}

[GenerateSerializer, Alias("semantics.when-activated")]
public enum WhenActivated
{
    DoNothing = 0,
    Resume = 1,
    SubscribeAnew = 2,
}

internal sealed class ListenerGrain(
    [PersistentState("then", SemanticsSilo.Storage)] IPersistentState<ThenState> state)
    : Grain, IListenerGrain, IAsyncObserver<string>
{
    private Journal Journal => Journal.Of(this.GetPrimaryKeyString());

    private IAsyncStream<string> Stream => this.GetStreamProvider(SemanticsSilo.Streams)
        .GetStream<string>(StreamId.Create("listener", this.GetPrimaryKeyString()));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Journal.Add("activated");
        if (!state.RecordExists)
            return;
        if (state.State.Then == WhenActivated.Resume)
            await Resume();
        else if (state.State.Then == WhenActivated.SubscribeAnew)
            await Stream.SubscribeAsync(this);
    }

    public async Task Subscribe(WhenActivated then)
    {
        state.State = new ThenState { Then = then };
        await state.WriteStateAsync();
        await Stream.SubscribeAsync(this);
    }

    public async Task Resume()
    {
        foreach (var handle in await Stream.GetAllSubscriptionHandles())
            await handle.ResumeAsync(this);
    }

    public async Task<int> Handles() => (await Stream.GetAllSubscriptionHandles()).Count;

    public Task OnNextAsync(string item, StreamSequenceToken? token = null)
    {
        Journal.Add(item);
        return item.StartsWith("bad", StringComparison.Ordinal)
            ? throw new InvalidOperationException("This event is not taken.")
            : Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        Journal.Add("error");
        return Task.CompletedTask;
    }
}

[GenerateSerializer, Alias("semantics.then")]
internal sealed class ThenState
{
    [Id(0)] public WhenActivated Then { get; set; }
}
