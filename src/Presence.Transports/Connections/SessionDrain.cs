using Microsoft.Extensions.Hosting;
using Presence.Sessions.Transport;

namespace Presence.Transports.Connections;

/// <summary>
/// The orderly end of all sessions, in the middle of a shutdown that goes: Kestrel stops listening and asks its
/// connections to end, which <see cref="Begin"/>s the drain; Kestrel waits for them; then this service stops and with
/// it the drain is over; then what was registered before it, the silo among it.
/// </summary>
internal sealed class SessionDrain(ISessionHost sessions, TimeProvider time) : IHostedService, IDisposable
{
    /// <summary>Time for all sessions together: 5 s. What is left of a 10 s shutdown is for silo and storage.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _late = new();
    private readonly Lock _gate = new();
    private Task? _draining;

    /// <summary>Cancelled when the limit is reached: connections that are still open are cut.</summary>
    public CancellationToken Late => _late.Token;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Begin();

    /// <summary>Starts the drain unless it runs already, and answers its end.</summary>
    public Task Begin()
    {
        lock (_gate)
            return _draining ??= Task.Run(Drain);
    }

    public void Dispose() => _late.Dispose();

    private async Task Drain()
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        try
        {
            await sessions.Drain(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // Out of time is an end like any other.
        }

        // Only then: after an end in time the last octets of some connections are still on their way.
        if (deadline.IsCancellationRequested)
            await _late.CancelAsync();
    }
}
