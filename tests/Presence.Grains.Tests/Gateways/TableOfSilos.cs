namespace Presence.Grains.Tests.Gateways;

/// <summary>The table of silos, as far as it is asked for here.</summary>
internal sealed class TableOfSilos : IClusterMembershipService, ISiloStatusOracle
{
    private int _asked;

    public int Asked => _asked;

    public Exception? Fault { get; set; }

    public SiloStatus CurrentStatus { get; set; } = SiloStatus.Active;

    public string SiloName => "silo";

    public SiloAddress SiloAddress => SiloAddress.Zero;

    public ClusterMembershipSnapshot CurrentSnapshot => throw new NotSupportedException();

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _asked);
        return Fault is null ? ValueTask.CompletedTask : ValueTask.FromException(Fault);
    }

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();

    public SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress) => throw new NotSupportedException();

    public Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false) => throw new NotSupportedException();

    public SiloAddress[] GetActiveSilos() => throw new NotSupportedException();

    public bool TryGetSiloName(SiloAddress siloAddress, out string siloName) => throw new NotSupportedException();

    public bool IsFunctionalDirectory(SiloAddress siloAddress) => throw new NotSupportedException();

    public bool IsDeadSilo(SiloAddress silo) => throw new NotSupportedException();

    public bool SubscribeToSiloStatusEvents(ISiloStatusListener observer) => throw new NotSupportedException();

    public bool UnSubscribeFromSiloStatusEvents(ISiloStatusListener observer) => throw new NotSupportedException();
}
