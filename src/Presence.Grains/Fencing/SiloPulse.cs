using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Presence.Grains.Fencing;

/// <summary>
/// Whether this silo has been running all the time. One that stood still may have been declared dead meanwhile, and what its
/// grains remember belongs to others now: it must ask before it acts. On the system's clock, for it is about processes.
/// </summary>
/// <param name="services">Asked late: what knows the members makes calls, and calls pass <see cref="OutgoingFence"/>.</param>
/// <param name="time">The system's.</param>
/// <param name="logger">Where it tells what it could not find out.</param>
internal sealed partial class SiloPulse(IServiceProvider services, TimeProvider time, ILogger<SiloPulse> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // Others find a silo dead after 5 s of silence at the earliest.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task _asking = Task.CompletedTask;
    private long _last = long.MinValue;

    /// <summary>True unless the silo stood still and has not asked yet.</summary>
    public bool IsFresh =>
        Interlocked.Read(ref _last) is var last && (last == long.MinValue || time.GetElapsedTime(last) < Longest);

    /// <summary>Waits until the table of silos has been read, if need be.</summary>
    /// <exception cref="OrleansException">This silo is dead.</exception>
    public Task Confirm()
    {
        lock (_lock)
        {
            if (IsFresh)
                return Task.CompletedTask;
            if (_asking.IsCompleted)
                _asking = Ask();
            return _asking;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (IsFresh)
                    Beat();
                else
                    await Confirm();
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops, which takes seconds too: what it does then it does alive.
            Interlocked.Exchange(ref _last, long.MinValue);
        }
        catch (OrleansException)
        {
            // It is dead: nothing passes any more, and Orleans ends the process.
        }
    }

    private async Task Ask()
    {
        await Task.Yield();
        try
        {
            await services.GetRequiredService<IClusterMembershipService>().Refresh().AsTask().WaitAsync(Patience, time);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A store that is away tells nobody that this silo is dead: others cannot declare it so without the store.
            LogNotAsked(logger, exception);
        }

        if (services.GetRequiredService<ISiloStatusOracle>().CurrentStatus == SiloStatus.Dead)
            throw new OrleansException("This silo stood still and was declared dead.");
        Beat();
    }

    /// <summary>The silo runs.</summary>
    internal void Beat() => Interlocked.Exchange(ref _last, time.GetTimestamp());

    [LoggerMessage(3024, LogLevel.Warning, "This silo stood still, and the table of silos cannot be read to see whether it is alive.")]
    private static partial void LogNotAsked(ILogger logger, Exception exception);
}
