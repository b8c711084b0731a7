using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Sessions.Gateways;

/// <summary>
/// Renews the lease of this gateway and learns what silos have lost. On the system's clock, for it is about processes.
/// </summary>
internal sealed partial class GatewayLease(
    Gateway gateway, IGrainFactory grains, SiloContact contact, HostedDomains domains, DomainNodes nodes,
    ILogger<GatewayLease> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    // After a silo is lost others learn of it at different times, and its queues come up elsewhere; one that only stood
    // still may come back for a moment and take batches that it delivers to nobody. What slips through one pass is found by
    // the next.
    private static readonly TimeSpan[] Passes =
        [.. ((int[])[0, 3, 6, 10, 16, 25, 40, 60, 90, 120]).Select(seconds => TimeSpan.FromSeconds(seconds))];

    private readonly Queue<long> _due = new();
    private readonly HashSet<Address> _gone = [];
    private Task _repairs = Task.CompletedTask;
    private LeaseAnswer? _last;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _repairs.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await grains.GetGateway(gateway.Route).Release();
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // Silos that are down find out by themselves, or have nothing to find out.
            LogNotRenewed(logger, exception.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            do
                await Beat(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    private async Task Beat(CancellationToken stop)
    {
        try
        {
            var answer = await grains.GetGateway(gateway.Route).Renew();
            contact.Seen();
            if (_last is not null && HasLost(_last, answer))
                Plan();
            _last = answer;
            _gone.UnionWith(answer.Repairs);

            // Beside the renewals, which must go on however long it takes.
            if (_repairs.IsCompleted)
                _repairs = Repair(IsDue(), TakeGone(), stop);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The edge: without silos there is nobody to tell; the next beat tries again.
            LogNotRenewed(logger, exception.Message);
        }
    }

    private bool IsDue() =>
        _due.TryPeek(out var due) && TimeProvider.System.GetTimestamp() >= due && _due.TryDequeue(out _);

    private List<Address> TakeGone()
    {
        List<Address> gone = [.. _gone];
        _gone.Clear();
        return gone;
    }

    private async Task Repair(bool everything, List<Address> gone, CancellationToken stop)
    {
        try
        {
            if (everything)
                await gateway.RepairAll(stop);
            foreach (var node in gone)
                await gateway.Repair(node, stop);
            await gateway.Repeat(stop);
            await TellOfPolicies(stop);
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
        catch (Exception exception)
        {
            // The edge: the next beat tries again.
            LogNotRenewed(logger, exception.Message);
        }
    }

    /// <summary>Who watches the node of a domain hears what its administrators have laid down.</summary>
    private async Task TellOfPolicies(CancellationToken stop)
    {
        foreach (var domain in domains.All.Where(domain => gateway.IsWatched(Address.Of(domain))))
        {
            if (await nodes.HasChanged(domain))
                await gateway.Repair(Address.Of(domain), stop);
        }
    }

    private static bool HasLost(LeaseAnswer before, LeaseAnswer now) =>
        before.Epoch != now.Epoch || before.Silos.Except(now.Silos).Any();

    private void Plan()
    {
        LogRepair(logger, gateway.Route);
        _due.Clear();
        var now = TimeProvider.System.GetTimestamp();
        foreach (var pass in Passes)
            _due.Enqueue(now + (long)(pass.TotalSeconds * TimeProvider.System.TimestampFrequency));
    }

    [LoggerMessage(1015, LogLevel.Warning, "Gateway {Route} asserts its sessions anew: a silo, or its lease, was lost.")]
    private static partial void LogRepair(ILogger logger, string route);

    [LoggerMessage(1016, LogLevel.Warning, "The lease of this gateway could not be renewed: {Why}")]
    private static partial void LogNotRenewed(ILogger logger, string why);
}
