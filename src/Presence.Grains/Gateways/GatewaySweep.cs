using Microsoft.Extensions.Hosting;

namespace Presence.Grains.Gateways;

/// <summary>
/// Looks for lost gateways every second, on the system's clock, for as long as the silo runs, and listens for lost silos.
/// </summary>
internal sealed class GatewaySweep(GatewayWatch watch, SiloLosses losses, ISiloStatusOracle silos, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        silos.SubscribeToSiloStatusEvents(losses);
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
        finally
        {
            silos.UnSubscribeFromSiloStatusEvents(losses);
        }
    }
}
