using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Presence.Transports.Certificates;

/// <summary>
/// Reads certificates anew when their files have changed, looked at every 10 s, and at SIGHUP. Handshakes that come later
/// get the new ones, at every listener; connections that are open go on. Files that cannot be used change nothing.
/// </summary>
public sealed partial class ReloadingCertificates : BackgroundService, ICertificateSource
{
    /// <summary>How often the files are looked at: every 10 s.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly CertificatePlan _plan;
    private readonly TimeProvider _time;
    private readonly ILogger<ReloadingCertificates> _logger;
    private readonly Lock _gate = new();
    private volatile ICertificateSource _now;
    private string _state;

    /// <param name="plan">The files.</param>
    /// <param name="first">What the plan gave at the start.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public ReloadingCertificates(
        CertificatePlan plan, ICertificateSource first, TimeProvider time, ILogger<ReloadingCertificates> logger)
    {
        ArgumentNullException.ThrowIfNull(plan);
        (_plan, _now, _time, _logger, _state) = (plan, first, time, logger, plan.State());
    }

    /// <inheritdoc/>
    public ServedCertificate? Find(string? serverName) => _now.Find(serverName);

    /// <summary>Reads the files if they have changed since they were read, or in any case.</summary>
    public void Reload(bool inAnyCase)
    {
        lock (_gate)
        {
            var state = _plan.State();
            if (state == _state && !inAnyCase)
                return;
            _state = state;
            if (_plan.TryLoad(out var next, out var why))
            {
                _now = next!;
                LogReloaded(_plan);
            }
            else
                LogUnusable(_plan, why);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            // Otherwise it would end the process.
            context.Cancel = true;
            Reload(inAnyCase: true);
        });
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Reload(inAnyCase: false);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }
}
