using Microsoft.Extensions.Hosting;

namespace Presence.Grains.Gateways;

/// <summary>Looks for lost gateways every two seconds, on the system's clock, for as long as the silo runs.</summary>
internal sealed class GatewaySweep(GatewayWatch watch, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await watch.Sweep();
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }
}
