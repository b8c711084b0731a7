using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.State;

[Alias("semantics.state")]
public interface IStateGrain : IGrainWithStringKey
{
    [Alias("write")]
    Task Write(string text);

    [Alias("read")]
    Task<string> Read();

    [Alias("exists")]
    Task<bool> Exists();

    [Alias("clear")]
    Task Clear();

    [Alias("activation")]
    Task<Guid> Activation();

    /// <summary>Asks not to be collected, or no longer.</summary>
    [Alias("keep")]
    Task Keep(bool isKept);

    /// <summary>Starts a timer that ticks while the grain is active.</summary>
    [Alias("tick")]
    Task Tick();
}

[GenerateSerializer, Alias("semantics.text")]
internal sealed class TextState
{
    [Id(0)] public string Text { get; set; } = "";
}

internal sealed class StateGrain(
    [PersistentState(StateGrain.Name, SemanticsSilo.Storage)] IPersistentState<TextState> state) : Grain, IStateGrain
{
    internal const string Name = "text";

    private readonly Guid _activation = Guid.NewGuid();

    public async Task Write(string text)
    {
        state.State = new TextState { Text = text };
        await state.WriteStateAsync();
    }

    public Task<string> Read() => Task.FromResult(state.State.Text);

    public Task<bool> Exists() => Task.FromResult(state.RecordExists);

    public Task Clear() => state.ClearStateAsync();

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public Task Keep(bool isKept)
    {
        DelayDeactivation(isKept ? TimeSpan.FromDays(36500) : TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public Task Tick()
    {
        this.RegisterGrainTimer(
            _ => Task.CompletedTask, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }
}
