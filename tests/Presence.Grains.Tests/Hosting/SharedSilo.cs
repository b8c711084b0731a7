using Presence.Grains.Users;

namespace Presence.Grains.Tests.Hosting;

/// <summary>The silo with memory storage that most tests share; each uses addresses of its own.</summary>
public sealed class SharedSilo : IAsyncLifetime
{
    /// <summary>The defaults, but for limits so low that a test can reach them.</summary>
    internal static readonly GrainOptions Options = new()
    {
        // Enough that the list of somebody who has all of them is a long one.
        MaxSubscriptions = EntryIndex.Long + 2,
        MaxWaiting = 4,
    };

    private PresenceSilo? _silo;

    internal PresenceSilo Silo => _silo ?? throw new InvalidOperationException("The silo has not started.");

    public async ValueTask InitializeAsync() =>
        _silo = await PresenceSilo.Start(
            silo => silo.AddMemoryGrainStorage(PresenceGrainsExtensions.StorageName), Options);

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null)
            await _silo.DisposeAsync();
    }
}
