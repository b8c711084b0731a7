using Microsoft.Extensions.Logging;
using Presence.Contracts;

namespace Presence.Hosting.Clustering;

/// <summary>A gateway that starts before any silo waits for one, however long it takes.</summary>
internal sealed partial class PatientConnection(ILogger<PatientConnection> logger, PresenceClock clock)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogNoSilo(logger, exception.Message);
        await Task.Delay(Pause, clock.Time, cancellationToken);
        return true;
    }

    [LoggerMessage(5010, LogLevel.Warning, "No silo of the cluster can be reached; trying again: {Why}")]
    private static partial void LogNoSilo(ILogger logger, string why);
}
