using Microsoft.Extensions.Logging;
using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Client.Requests;

namespace Presence.Client.Lasting;

/// <summary>
/// Keeps one session over any number of connections: one loop that connects, reads events until the connection is lost,
/// tells so, and connects again.
/// </summary>
internal sealed partial class SessionKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly KeeperSettings _settings;
    private readonly SessionOpener _opener;
    private readonly ReconnectPace _pace;
    private readonly RequestLedger _ledger;
    private readonly EventDispatch _dispatch;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Attachment> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AcknowledgementTrail _trail = new();
    private BoundSession? _bound;
    private Attachment? _attachment;
    private Task _running = Task.CompletedTask;
    private bool _needsSync;
    private bool _isDisposed;
    private int _sessions;

    public SessionKeeper(KeeperSettings settings, SessionOpener opener, ILogger logger)
    {
        (_settings, _opener, _logger, Status) = (settings, opener, logger, settings.Show);
        _pace = new ReconnectPace(settings.ReconnectMin, settings.ReconnectMax);
        _ledger = new RequestLedger(settings.MaxWaiting);
        Background = new Background(failure => LogFailed(failure, failure.Reason));
        Outbound = new Outbound(AskOnce, settings.Time, settings.ReconnectMin);
        _dispatch = new EventDispatch(Hub, Book, Outbound, Subscribe);
    }

    public EventHub Hub { get; } = new();

    public WatchBook Book { get; } = new();

    public Outbound Outbound { get; }

    public Background Background { get; }

    /// <summary>Completes with the first session, or fails if there will be none.</summary>
    public Task<Attachment> First => _first.Task;

    public ConnectionState State { get; private set; } = ConnectionState.Connecting;

    /// <summary>What the endpoint shows in the next session.</summary>
    public string Status { get; set; }

    /// <param name="failsAtOnce">True to give up if the first attempt fails.</param>
    public void Start(bool failsAtOnce)
    {
        _running = Run(failsAtOnce);
        Background.Run(RefreshWatches);
    }

    /// <summary>Says QUIT, waits two seconds at most for the answer, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;

        State = ConnectionState.Closed;
        if (_attachment is { } attachment)
            await Quit(attachment.Connection);

        await _stopping.CancelAsync();
        await _running;
        await Background.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task Quit(PipConnection connection)
    {
        using var patience = new CancellationTokenSource(Farewell, _settings.Time);
        try
        {
            await connection.Quit(patience.Token);
        }
        catch (Exception exception) when (exception is PipConnectionException or OperationCanceledException
            or TimeoutException)
        {
            // The session ends with the connection all the same.
            LogNoFarewell(exception.Message);
        }
    }

    private async Task Run(bool failsAtOnce)
    {
        PresenceClosedException? why;
        try
        {
            why = await Stay(failsAtOnce);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            why = null;
        }
        catch (Exception bug)
        {
            // The edge of the client: whoever waits must learn of the end, whatever ended it.
            LogBroken(bug);
            why = new PresenceClosedException("broken", "The client has failed.", bug);
        }

        State = ConnectionState.Closed;
        var closed = why ?? new PresenceClosedException("disposed", "The client was disposed.");
        _first.TrySetException(why?.InnerException is PresenceException cause ? cause : closed);
        _ = _first.Task.Exception;
        _ledger.Close(closed);
        Outbound.Close();
        Hub.Complete(why);
        if (_attachment is not null)
            await _attachment.Connection.DisposeAsync();
    }

    /// <returns>Why it is over for good; null after disposal.</returns>
    private async Task<PresenceClosedException?> Stay(bool failsAtOnce)
    {
        PipConnectionException? lost = null;
        for (var start = _settings.Time.GetTimestamp(); ; start = _settings.Time.GetTimestamp())
        {
            if (await Connect(failsAtOnce && _sessions == 0, start, lost) is { } final)
                return Over(final);

            var failure = await ReadEvents(_attachment!);
            _ledger.Detach();
            _trail.Detach();
            if (_isDisposed || failure is null)
                return null;

            LogLost(failure.Reason, failure.Message);
            if (Finality.IsFinal(failure))
                return Over(failure);

            State = ConnectionState.Reconnecting;
            lost = failure;
            Hub.Publish(new Disconnected(_settings.Time.GetUtcNow(), failure.Code, failure.Reason, failure.Message));
        }
    }

    /// <returns>Null once there is a session; else why there will be none.</returns>
    private async Task<PresenceException?> Connect(bool failsAtOnce, long start, PipConnectionException? lost)
    {
        var (wait, alternative) = (lost?.RetryAfter ?? TimeSpan.Zero, lost?.Alternative);
        for (var failures = 0; ; failures++)
        {
            if (_sessions > 0 || failures > 0)
                await Task.Delay(_pace.Before(failures, wait), _settings.Time, _stopping.Token);

            Attachment? opened = null;
            try
            {
                opened = await _opener.Open(
                    _bound, _trail, _settings.Bind with { Show = Status }, alternative, _stopping.Token);
                await TakeUp(opened, _settings.Time.GetElapsedTime(start));
                return null;
            }
            catch (PresenceException failure)
            {
                if (opened is not null)
                    await opened.Connection.DisposeAsync();

                if (failsAtOnce || Finality.IsFinal(failure))
                    return failure;

                LogFailedAttempt(failures + 1, failure.Reason, failure.Message);
                wait = (failure as PipConnectionException)?.RetryAfter ?? TimeSpan.Zero;
                alternative = (failure as PipConnectionException)?.Alternative;
            }
        }
    }

    /// <returns>Why the connection ended; null after an orderly end.</returns>
    private async Task<PipConnectionException?> ReadEvents(Attachment attachment)
    {
        try
        {
            await foreach (var frame in attachment.Connection.Events.ReadAllAsync(_stopping.Token))
                _dispatch.Take(frame, _trail, _sessions);
        }
        catch (PipConnectionException)
        {
            // Ended tells the same.
        }

        var why = await attachment.Connection.Ended;
        await attachment.Connection.DisposeAsync();
        return why;
    }

    private static PresenceClosedException Over(PresenceException cause) =>
        new(cause.Reason, $"The client is over: {cause.Message}", cause);
}
