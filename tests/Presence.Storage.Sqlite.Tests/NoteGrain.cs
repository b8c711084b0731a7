namespace Presence.Storage.Sqlite.Tests;

public sealed class NoteGrain([PersistentState("s", "sqlite")] IPersistentState<Note> note) : Grain, INoteGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public Task<string> Read() => Task.FromResult(note.State.Text);

    public Task Write(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public Task Clear() => note.ClearStateAsync();
}
