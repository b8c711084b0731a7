using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Presence.Federation.Dialing;

namespace Presence.Federation.Links;

/// <content>Connecting, and trying again.</content>
internal sealed partial class PeerLink
{
    private const int Steps = 1_000_000;

    private readonly CancellationTokenSource _stop = new();
    private volatile DialFailure? _failure;
    private DateTimeOffset _notBefore;
    private Task? _dialing;
    private int _failures;

    /// <summary>The link is wanted: if there is no connection, one is made, for as long as it takes.</summary>
    public void Want()
    {
        lock (_lock)
        {
            if (_isReleased || _connection is not null || _dialing is { IsCompleted: false })
                return;

            // Owned by Stopped, which the host awaits.
            _dialing = DialUntilUp();
        }
    }

    /// <summary>Complete when nothing goes on here any more.</summary>
    public Task Stopped => _dialing ?? Task.CompletedTask;

    /// <summary>Who has opened the connection that was lost will open the next one too, if it can.</summary>
    private void GiveTimeToReturn() => _notBefore = host.Clock.Now + (host.Options.FirstPause * (1 + Fraction()));

    private async Task DialUntilUp()
    {
        // The caller holds the lock.
        await Task.Yield();
        try
        {
            while (!_stop.IsCancellationRequested && !IsUp)
            {
                var pause = _notBefore - host.Clock.Now;
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, host.Clock.Time, _stop.Token);
                if (IsUp)
                    return;
                await Dial();
            }
        }
        catch (OperationCanceledException)
        {
            // Released: whoever wants the link next begins anew.
        }
    }

    private async Task Dial()
    {
        var failure = await ClaimOrConnect();
        if (failure is null)
        {
            _failures = 0;
            return;
        }

        _failures++;
        _failure = failure;
        LogDialFailed(logger, Pair.ToString(), failure.Why);
        _notBefore = host.Clock.Now + Pause(_failures);
        host.Changed(this);
    }

    /// <summary>Gives why there is no way, or null.</summary>
    private async Task<DialFailure?> ClaimOrConnect()
    {
        if (host.Conduct.LeftOf(Pair.Remote) is { } left)
            return DialFailure.Timeout($"{Pair.Remote} has behaved badly and is left alone for {left.TotalSeconds:0} s");
        if (host.Claims.CarrierFor(Pair, host) is { } carrier)
        {
            var disbelieved = await host.Claims.Make(this, carrier);
            if (disbelieved is null || !host.Claims.HasCertificate(Pair.Local))
                return disbelieved;
        }

        var outcome = await host.Dialer.Dial(Pair.Local, Pair.Remote, _stop.Token);
        return outcome.Connection is { } connection ? await host.Open(this, connection) : outcome.Failure;
    }

    /// <summary>Full jitter: anything up to a bound that doubles, so that nobody comes back in step.</summary>
    private TimeSpan Pause(int failures)
    {
        var bound = host.Options.FirstPause * Math.Pow(2, Math.Min(failures - 1, 20));
        return (bound < host.Options.LongestPause ? bound : host.Options.LongestPause) * Fraction();
    }

    private static double Fraction() => RandomNumberGenerator.GetInt32(Steps) / (double)Steps;

    [LoggerMessage(2061, LogLevel.Information, "The link {Pair} could not be made: {Why}")]
    private static partial void LogDialFailed(ILogger logger, string pair, string why);
}
