using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Presence.Grains.Domains;

/// <summary>Learns every other second what administrators have laid down at other silos, on the system's clock.</summary>
internal sealed partial class DomainPolicyRefresh(DomainPolicies policies, TimeProvider time, ILogger<DomainPolicyRefresh> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Refresh();
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task Refresh()
    {
        try
        {
            await policies.Refresh();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The edge: what was known is in force until it can be asked again.
            LogNotLearned(logger, exception.Message);
        }
    }

    [LoggerMessage(3030, LogLevel.Warning, "What administrators have laid down could not be asked for: {Why}")]
    private static partial void LogNotLearned(ILogger logger, string why);
}
