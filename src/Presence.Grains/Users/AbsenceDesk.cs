using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>
/// Keeps messages for a user who is not there, if the operator has switched that on, and hands them over when an endpoint
/// comes. What it keeps is stored before the sender is answered, and until somebody has acknowledged it. What somebody sends who
/// was shut out politely lies in a box of its own, which fails as the other one does and which nobody empties: he hears what
/// the sender to a user hears who never comes back.
/// </summary>
internal sealed class AbsenceDesk(
    Courier courier, Inbox inbox, Admissions admissions, AbsenceLimits limits, WaitingStore store)
{
    // Who is there and did not take a message will not tell when he can.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly AbsenceBox _box = new(limits);
    private readonly AbsenceBox _unseen = new(limits);
    private DateTimeOffset? _nextTry;

    public bool IsOpen => limits.AreOpen;

    /// <summary>When something is to be done about what waits; null while nothing does.</summary>
    public DateTimeOffset? NextReview =>
        ((DateTimeOffset?[])[_nextTry, _box.NextExpiry, _unseen.NextExpiry]).Min();

    /// <summary>True while something waits that nobody has in his hands.</summary>
    public bool HasMore => _box.Next is not null;

    /// <summary>What waits, for its recipient to be told of.</summary>
    public IEnumerable<InstantMessage> Waiting => _box.Waiting.Select(one => one.Message);

    public bool Holds(Address sender, string id) => _box.Holds(sender, id) || _unseen.Holds(sender, id);

    /// <summary>True while something of this sender waits that nobody has in his hands.</summary>
    public bool Waits(Address sender) => _box.Waiting.Any(one => !one.IsHandedOver && one.Message.From.Equals(sender));

    /// <summary>Takes back what was stored.</summary>
    public void Load()
    {
        _box.Restore(store.State.Awaited.Select(entry => entry.ToAwaited()));
        _unseen.Restore(store.State.Unseen.Select(entry => entry.ToAwaited()));
    }

    /// <summary>Gives the messages that had to leave for this one.</summary>
    public async Task<IReadOnlyList<InstantMessage>> Keep(InstantMessage message, DateTimeOffset now)
    {
        var leaving = _box.Put(message, now);
        LookAgain(now);
        await Write();
        return leaving;
    }

    /// <summary>The same for who was shut out politely.</summary>
    public async Task<IReadOnlyList<InstantMessage>> KeepUnseen(InstantMessage message, DateTimeOffset now)
    {
        var leaving = _unseen.Put(_unseen.Await(message, now).Unread);
        await Write();
        return leaving;
    }

    /// <summary>
    /// Nobody has a message any more that was handed over: it waits, if it is of those that do. Null if it is not, else the messages
    /// that had to leave for it.
    /// </summary>
    public async Task<IReadOnlyList<InstantMessage>?> TakeBack(InstantMessage message, DateTimeOffset now)
    {
        if (_box.TakeBack(message))
        {
            inbox.Withdraw(message);
            LookAgain(now);
            return [];
        }

        // What went to a group went to many at the same time, and is no use later to one of them.
        if (!IsOpen || message.IsComposing || message.Place is not null)
            return null;
        inbox.Withdraw(message);
        return await Keep(message with { DelayedSince = null }, now);
    }

    /// <summary>
    /// Hands over what waited, now that an endpoint may have come. Gives what has failed, since its sender may not send any more.
    /// </summary>
    public async Task<IReadOnlyList<InstantMessage>> Deliver(DateTimeOffset now)
    {
        _nextTry = null;
        if (_box.Next is null || courier.Reachable().Count == 0)
            return [];
        var failed = new List<InstantMessage>();
        var isChanged = false;
        while (_box.Next is { } next && !inbox.IsFull)
        {
            var message = next.Delayed;
            var verdict = (await admissions.OfSender(message)).Verdict;
            if (verdict != Verdict.Allow)
            {
                isChanged = true;
                _box.Remove(next);
                failed.AddRange(verdict is Verdict.Fake or Verdict.Mute ? _unseen.Put(next.Unread) : [message]);
                continue;
            }

            var notice = new MessageNotice(message, IsRequest: false);
            var takers = message.IsForBest ? await courier.ToBest(notice, now) : await courier.ToAll(notice);
            if (takers.Count == 0)
            {
                LookAgain(now);
                break;
            }

            inbox.Accept(message, takers.Sessions, now);
            _box.HandOver(message);
        }

        if (isChanged)
            await Write();
        return failed;
    }

    /// <summary>A session asserts that it has this in its hands, which this grain may have forgotten.</summary>
    public void Hold(InstantMessage message) => _box.HandOver(message);

    /// <summary>These have arrived.</summary>
    public Task Settle(IEnumerable<MessageKey> messages)
    {
        var isChanged = false;
        foreach (var key in messages)
            isChanged |= _box.Settle(key.From, key.Id);
        return isChanged ? Write() : Task.CompletedTask;
    }

    /// <summary>The sender is no more, and nothing of what he wrote is kept.</summary>
    public Task Forget(Address sender) => _box.Forget(sender) | _unseen.Forget(sender) ? Write() : Task.CompletedTask;

    public async Task<IReadOnlyList<InstantMessage>> EndExpired(DateTimeOffset now)
    {
        if (!(_box.NextExpiry <= now || _unseen.NextExpiry <= now))
            return [];
        List<InstantMessage> expired = [.. _box.EndExpired(now), .. _unseen.EndExpired(now)];
        await Write();
        return expired;
    }

    private void LookAgain(DateTimeOffset now) => _nextTry = courier.Reachable().Count > 0 ? now + Pause : _nextTry;

    private Task Write() => store.Write(new RequestRecord
    {
        Entries = store.State.Entries,
        Released = store.State.Released,
        Awaited = [.. _box.Waiting.Select(RequestRecord.AwaitedEntry.Of)],
        Unseen = [.. _unseen.Waiting.Select(RequestRecord.AwaitedEntry.Of)],
    });
}
