using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Gateways;

/// <content>
/// What silos hold of this gateway's sessions is in memory. When a silo is lost, or a grain has gone, the gateway tells it
/// anew: first who is there, then who watches whom, for the answer to the second shows what was missed.
/// </content>
internal sealed partial class Gateway
{
    // Many: after the loss of a silo some grains are busy for seconds with calls to who is gone, and nobody should wait for them.
    private const int RepairsAtOnce = 512;

    private readonly ConcurrentDictionary<Session, bool> _unheard = new();
    private readonly ConcurrentQueue<(Address User, string Endpoint, string Session)> _farewells = new();

    /// <summary>Asserts every session and attaches every watch.</summary>
    public async Task RepairAll(CancellationToken cancellation)
    {
        var sessions = _sessions.Values.Where(session => session.Binding is not null).ToList();
        await Each(sessions, session => AssertSession(session), cancellation);
        await Each(sessions, session => Reattach(session, null), cancellation);
    }

    /// <summary>Grains of this node have gone: its sessions here are asserted, and those who watch it here attached.</summary>
    public async Task Repair(Address node, CancellationToken cancellation)
    {
        await Each(SessionsOf(node), session => AssertSession(session), cancellation);
        await Each(Watches.WatchersOf(node), session => Reattach(session, node), cancellation);
    }

    /// <summary>True while a session here watches the node.</summary>
    public bool IsWatched(Address node) => Watches.WatchersOf(node).Any();

    /// <summary>Tells again what grains could not hear when it happened; called every other second.</summary>
    public async Task Repeat(CancellationToken cancellation)
    {
        await Each(_unheard.Keys, session => AssertSession(session), cancellation);
        for (var count = _farewells.Count; count > 0 && _farewells.TryDequeue(out var farewell); count--)
            await SayFarewell(farewell.User, farewell.Endpoint, farewell.Session);
    }

    /// <summary>There is something that the session's grain does not know; it is told with the next <see cref="Repeat"/>.</summary>
    public void TellAgain(Session session) => _unheard[session] = true;

    /// <summary>
    /// What the session has acknowledged is settled in the grain's accounts, at once if they are in this process. Nobody waits
    /// for it: what is acknowledged while the grain is told goes with the next call, so that a busy session pays for few. A
    /// grain that does not know the session, or cannot be reached, is told later.
    /// </summary>
    public void Acknowledged(Session session, IReadOnlyList<MarkedKey> messages)
    {
        if (session.Id is not { } id)
            return;
        if (desks.TryAcknowledge(session.User, id, messages))
            session.Ledger.Settle(messages, Clock.Now);
        else if (session.Ledger.Acknowledge(messages))
            session.Telling = TellAcknowledged(session, id);
    }

    private async Task TellAcknowledged(Session session, string id)
    {
        while (session.Ledger.NextUntold() is { } messages)
            await Guard(session, () => Settle(session, id, messages));
    }

    /// <summary>The session is over and its grain must know; if it cannot be told now, then later.</summary>
    private async Task SayFarewell(Address user, string endpoint, string session)
    {
        try
        {
            await grains.GetUser(user).Unbind(endpoint, session);
        }
        catch (Exception exception)
        {
            // The edge: whatever went wrong at the silo, the endpoint must not look online for ever.
            LogForgetFailed(logger, session, exception);
            _farewells.Enqueue((user, endpoint, session));
        }
    }

    private Task AssertSession(Session session) => Guard(session, async () =>
    {
        if (session.Binding is not { } binding || session.Id is not { } id || session.IsOver)
            return true;
        TimeSpan? parkedFor = _parked.TryGetValue(session, out var until)
            ? until - Clock.Now is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero
            : null;
        var isKnown = await grains.GetUser(session.User).Assert(new SessionAssertion(
            binding with { Inbox = Inbox!, Route = Route }, session.Assertions.Current(Clock.Now),
            [.. session.Ledger.InHand], parkedFor));
        if (!isKnown)
            Close(id, "replaced");
        else if (session.IsOver)
            await SayFarewell(session.User, binding.Endpoint, id);
        else
            return session.Ledger.Acknowledged is not { Count: > 0 } settled || await Settle(session, id, settled);
        return true;
    });

    private async Task<bool> Settle(Session session, string id, IReadOnlyList<MarkedKey> messages)
    {
        var isHeard = await grains.GetUser(session.User).Acknowledge(id, [.. messages.Select(message => message.Key)]);
        if (isHeard || session.IsOver)
            session.Ledger.Settle(messages, Clock.Now);
        return isHeard || session.IsOver;
    }

    private Task Reattach(Session session, Address? node) => Guard(session, async () =>
    {
        var watches = session.Watches.Values
            .Where(watch => watch.IsOpen && (node is not { } one || watch.Node.Equals(one))).ToList();
        await Attach(session, watches, tells: true);
        return true;
    });

    /// <summary>Marks the session for the next time unless the step says that it was heard.</summary>
    private async Task Guard(Session session, Func<Task<bool>> step)
    {
        try
        {
            if (!await step())
                _unheard[session] = true;
            else
                _unheard.TryRemove(session, out _);
        }
        catch (Exception exception)
        {
            // The edge: silos come and go; what was not heard is said again, and the session goes on.
            LogNotHeard(logger, session.Id, exception.Message);
            _unheard[session] = true;
        }
    }

    private static Task Each<T>(IEnumerable<T> all, Func<T, Task> step, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            all, new ParallelOptions { MaxDegreeOfParallelism = RepairsAtOnce, CancellationToken = cancellation },
            async (one, _) => await step(one));

    [LoggerMessage(1014, LogLevel.Information, "Session {Session} could not be told to its grains and is told again: {Why}")]
    private static partial void LogNotHeard(ILogger logger, string? session, string why);
}
