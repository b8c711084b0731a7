using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Grains.Gateways;

/// <summary>Keeps the lease of one gateway, in memory: if it is lost the next one grants a lease and begins a new epoch.</summary>
internal sealed class GatewayGrain(TimeProvider time, ISiloStatusOracle silos) : Grain, IGatewayGrain
{
    /// <summary>For how long a gateway is trusted that says nothing.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(9);

    private readonly HashSet<Address> _repairs = [];
    private long _epoch;
    private long _renewed;
    private bool _isOver;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Begin();
        return Task.CompletedTask;
    }

    public Task<LeaseAnswer> Renew()
    {
        // One that comes late is forgiven unless somebody was told that it is dead, and may have acted on it.
        if (_isOver)
            Begin();
        _renewed = time.GetTimestamp();
        ImmutableArray<Address> repairs = [.. _repairs];
        _repairs.Clear();
        return Task.FromResult(new LeaseAnswer(
            _epoch, [.. silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(silo => silo.ToParsableString())], repairs));
    }

    public Task Release()
    {
        _isOver = true;
        return Task.CompletedTask;
    }

    public Task<bool> IsAlive()
    {
        _isOver |= time.GetElapsedTime(_renewed) > Lease;
        return Task.FromResult(!_isOver);
    }

    public Task<TimeSpan> Silence() => Task.FromResult(time.GetElapsedTime(_renewed));

    public Task Repair(Address node)
    {
        _repairs.Add(node);
        return Task.CompletedTask;
    }

    private void Begin()
    {
        _isOver = false;
        _renewed = time.GetTimestamp();
        _epoch = Math.Max(_epoch + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
    }
}
