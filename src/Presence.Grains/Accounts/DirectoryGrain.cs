using System.Collections.Immutable;
using Presence.Contracts.Accounts;

namespace Presence.Grains.Accounts;

internal sealed class DirectoryGrain(
    [PersistentState("directory", PresenceGrainsExtensions.StorageName)] IPersistentState<DirectoryRecord> directory)
    : Grain, IDirectoryGrain
{
    /// <summary>A store that makes a new set gives it the order of the current culture.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        directory.State.Locals = new SortedSet<string>(directory.State.Locals, StringComparer.Ordinal);
        return Task.CompletedTask;
    }

    public async Task Add(ImmutableArray<string> locals)
    {
        var before = directory.State.Locals.Count;
        directory.State.Locals.UnionWith(locals);
        if (directory.State.Locals.Count > before)
            await directory.WriteStateAsync();
    }

    public async Task Remove(string local)
    {
        if (directory.State.Locals.Remove(local))
            await directory.WriteStateAsync();
    }

    public Task<ImmutableArray<string>> List() => Task.FromResult(directory.State.Locals.ToImmutableArray());
}

/// <summary>Stored form of one bucket.</summary>
[GenerateSerializer, Alias("presence.s.directory")]
internal sealed class DirectoryRecord
{
    [Id(0)] public SortedSet<string> Locals { get; set; } = new(StringComparer.Ordinal);
}
