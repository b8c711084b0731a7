using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Presence.Contracts;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Gateways;

/// <content>How sessions outlive their connections, and how they end.</content>
internal sealed partial class Gateway
{
    private readonly ConcurrentDictionary<Session, DateTimeOffset> _parked = new();
    private volatile TaskCompletionSource? _empty;

    /// <summary>How long a session waits for a resume.</summary>
    public TimeSpan ResumeTime => options.Value.ResumeTime;

    /// <summary>Sessions that wait for a resume.</summary>
    public int ParkedCount => _parked.Count;

    /// <summary>Lets the meter ask how much there is.</summary>
    public void ShowCounts()
    {
        Metrics.Show("presence.sessions.bound", "{session}", "Sessions that are bound, parked ones included.",
            () => _sessions.Count);
        Metrics.Show("presence.sessions.parked", "{session}", "Sessions that wait to be resumed.", () => ParkedCount);
        Metrics.Show("presence.sessions.watches", "{subscription}", "Subscriptions served to sessions.",
            () => _sessions.Values.Sum(session => session.Watches.Count));
        Metrics.Show("presence.sessions.queue.events", "{event}", "Events of all sessions that are not acknowledged.",
            () => _sessions.Values.Sum(session => (long)session.Outbox.Depth.Events));
        Metrics.Show("presence.sessions.queue.size", "By", "Octets of these events, about.",
            () => _sessions.Values.Sum(session => (long)session.Outbox.Depth.Octets));
    }

    /// <summary>The connection is over: the session waits for the next one, or ends with it.</summary>
    public async Task Leave(Session session, Connection connection)
    {
        if (connection.IsTakenOver || session.Id is null)
            return;
        if (session.IsOver || session.Key is null || connection.HasQuit)
            await Forget(session);
        else
            await Park(session);
        session.Connection = null;
    }

    /// <summary>A connection has it again.</summary>
    public void Unpark(Session session)
    {
        _parked.TryRemove(session, out _);
        if (_parked.IsEmpty)
            _empty?.TrySetResult();
    }

    /// <summary>The gateway stops: until no session is parked any more, because other gateways have resumed them all.</summary>
    public async Task ParkedLeave(TimeSpan patience)
    {
        _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_parked.IsEmpty)
            await _empty.Task.WaitAsync(patience, Clock.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A grain ends the session; it cannot be resumed.</summary>
    public void Close(string id, string reason)
    {
        if (Find(id) is not { } session)
            return;
        session.IsOver = true;
        if (session.Connection is { } connection)
            connection.End(reason);
        else
            _ = Forget(session); // Not awaited: the grain that calls waits for us. It never throws.
    }

    /// <summary>Looks at the time; called about once a second.</summary>
    public void Tick()
    {
        Watches.TellHeld();
        var now = Clock.Now;
        foreach (var (session, until) in _parked)
        {
            // Not awaited: it never throws, and the next tick comes anyway.
            if ((now >= until || session.IsOver) && session.TryClaim())
                _ = Forget(session);
        }
    }

    /// <summary>The gateway stops: what was not resumed elsewhere ends, so that its messages go on.</summary>
    public Task EndParked() => Task.WhenAll(_parked.Keys.Where(session => session.TryClaim()).Select(async session =>
    {
        await session.Telling;
        if (session.Id is { } id)
            await Guard(session, () => Forsake(session, id));
        await Forget(session);
    }));

    /// <summary>The session is over: its endpoint goes, and what it watched is no longer sent here. Never throws.</summary>
    public async Task Forget(Session session)
    {
        session.IsOver = true;
        session.Outbox.Close();
        Unpark(session);
        if (session.Id is not { } id)
            return;
        Unregister(session);
        _unheard.TryRemove(session, out _);

        // Begun before anybody can know that it is over: who watches the same from another session comes after it.
        var leaving = LeaveWatched(session);

        // What the client acknowledged before it left is settled, or its message would go to others.
        await session.Telling;
        await SayFarewell(session.User, session.Endpoint!, id);
        try
        {
            await leaving;
        }
        catch (Exception exception)
        {
            // The edge: the silo may be going down with us. What it does not hear now it hears from leases.
            LogForgetFailed(logger, id, exception);
        }
    }

    /// <summary>Its messages wait for the user's next session, which is sure to come: nobody asked this one to end.</summary>
    private async Task<bool> Forsake(Session session, string id)
    {
        await grains.GetUser(session.User).Forsake(session.Endpoint!, id);
        return true;
    }

    private async Task Park(Session session)
    {
        _parked[session] = Clock.Now + ResumeTime;
        try
        {
            if (!await grains.GetUser(session.User).Park(session.Endpoint!, session.Id!, ResumeTime))
                await Forget(session);
        }
        catch (Exception exception)
        {
            // The edge: the endpoint looks online until the session is resumed or its time is over.
            LogParkFailed(logger, session.Id, exception);
            _unheard[session] = true;
        }
    }

    [LoggerMessage(1010, LogLevel.Warning, "The end of session {Session} could not be told to its grains.")]
    private static partial void LogForgetFailed(ILogger logger, string session, Exception exception);

    [LoggerMessage(1013, LogLevel.Warning, "The lost connection of session {Session} could not be told to its grain.")]
    private static partial void LogParkFailed(ILogger logger, string? session, Exception exception);
}
