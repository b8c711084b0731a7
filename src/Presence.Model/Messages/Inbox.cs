using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Presence.Model.Addresses;

namespace Presence.Model.Messages;

/// <summary>
/// The accounts of one recipient: which messages wait for which sessions, and which were taken lately. Each accepted
/// message leaves it exactly once: acknowledged, or failed. Time is passed in; nothing here waits or sends.
/// Owned by one grain; others of its process put messages in and settle them beside it, so each step is whole and may be taken
/// from any thread.
/// </summary>
public sealed class Inbox(InboxLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MessageMark, WaitingMessage> _waiting = [];

    /// <summary>What has left. A message is known while it waits or stands here.</summary>
    private readonly RecentMarks _settled = new();

    /// <summary>Of known messages, what may still be told of them; mostly that is nothing.</summary>
    private Dictionary<MessageMark, Telling>? _tellings;

    /// <summary>When the next message runs out of time, or null.</summary>
    public DateTimeOffset? NextExpiry
    {
        get
        {
            lock (_lock)
                return _waiting.Count == 0 ? null : _waiting.Values.Min(waiting => waiting.Message.Expires);
        }
    }

    /// <summary>Messages that no session has acknowledged yet.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>True if nothing more can be taken until something is acknowledged: answer 503.</summary>
    public bool IsFull => _waiting.Count >= limits.MaxWaiting;

    /// <summary>True if the message came before: it is answered as the first time and not delivered again.</summary>
    public bool IsKnown(Address from, string id)
    {
        lock (_lock)
            return IsKnown(MessageMark.Of(from, id));
    }

    /// <summary>
    /// The recipient's client has shown a message. Null if it never came; else whether the sender must be told, which
    /// happens at most once.
    /// </summary>
    public DisplayOutcome? Display(Address from, string id)
    {
        lock (_lock)
        {
            var mark = MessageMark.Of(from, id);
            if (!IsKnown(mark))
                return null;
            if (_tellings is null || !_tellings.TryGetValue(mark, out var telling))
                return new DisplayOutcome(false, null);
            _tellings[mark] = telling with { IsDisplayOwed = false };
            return new DisplayOutcome(telling.IsDisplayOwed, telling.SentTo);
        }
    }

    /// <inheritdoc cref="Accept(InstantMessage, ImmutableArray{string}, DateTimeOffset)"/>
    public bool Accept(InstantMessage message, IEnumerable<string> sessions, DateTimeOffset now) =>
        Accept(message, [.. sessions.Distinct(StringComparer.Ordinal)], now);

    /// <summary>
    /// Takes responsibility for a message handed to the sessions named, each once. False for one that is known already, which is
    /// not taken again.
    /// </summary>
    public bool Accept(InstantMessage message, ImmutableArray<string> sessions, DateTimeOffset now)
    {
        lock (_lock)
        {
            while (_settled.OldestUntil <= now.UtcTicks)
                ForgetOldest();
            var mark = message.Mark;
            if (_settled.Contains(mark))
                return false;
            ref var waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(_waiting, mark, out var isKnown);
            if (isKnown)
                return false;
            waiting = new WaitingMessage(message, sessions, KnownUntil(message, now));
            if (Telling.Of(message) is { } telling)
                (_tellings ??= [])[mark] = telling;
            return true;
        }
    }

    /// <summary>Messages that no session holds and that wait for the next one, the oldest first.</summary>
    public IReadOnlyList<Orphan> Orphans
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _waiting.Values.Where(w => w.Sessions.IsEmpty).OrderBy(w => w.Message.SentAt).Select(w => w.ToOrphan()),
                ];
            }
        }
    }

    /// <summary>The sessions that hold a message which nobody has acknowledged; none if it has left, or never came.</summary>
    public IReadOnlyCollection<string> Holders(Address from, string id)
    {
        lock (_lock)
            return _waiting.TryGetValue(MessageMark.Of(from, id), out var waiting) ? waiting.Sessions : [];
    }

    /// <summary>The message if it waits for this session, else null.</summary>
    public InstantMessage? Find(Address from, string id, string session)
    {
        lock (_lock)
        {
            return _waiting.TryGetValue(MessageMark.Of(from, id), out var waiting) && waiting.Sessions.Contains(session)
                ? waiting.Message
                : null;
        }
    }

    /// <summary>
    /// A session did not take what was accepted for it. If it was the only one, it is as if the message had never come.
    /// </summary>
    public void Release(Address from, string id, string session)
    {
        lock (_lock)
        {
            var mark = MessageMark.Of(from, id);
            ref var waiting = ref Find(mark);
            if (!Unsafe.IsNullRef(ref waiting) && waiting.Remove(session) && waiting.Sessions.IsEmpty)
                Forget(mark);
        }
    }

    /// <summary>Nobody has it any more, and it is kept elsewhere: it is as if it had never come.</summary>
    public void Withdraw(InstantMessage message)
    {
        lock (_lock)
        {
            _settled.Remove(message.Mark);
            Forget(message.Mark);
        }
    }

    /// <summary>A session has this message in its hands, which may be news here; one that was settled stays settled.</summary>
    public void Hold(InstantMessage message, string session, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_waiting.ContainsKey(message.Mark))
                Give(message, [session]);
            else
                Accept(message, [session], now);
        }
    }

    /// <inheritdoc cref="Acknowledge(MessageMark, string)"/>
    public InstantMessage? Acknowledge(Address from, string id, string session) =>
        Acknowledge(MessageMark.Of(from, id), session);

    /// <summary>
    /// A session acknowledged the message: the first one settles it. Gives the message then, null for a repeat or for one
    /// that this session was never given.
    /// </summary>
    public InstantMessage? Acknowledge(MessageMark mark, string session)
    {
        lock (_lock)
        {
            ref var waiting = ref Find(mark);
            if (Unsafe.IsNullRef(ref waiting) || !waiting.Sessions.Contains(session))
                return null;
            var message = waiting.Message;
            Settle(mark, waiting.KnownUntil);
            return message;
        }
    }

    /// <summary>The sender could not be told that it was acknowledged: it is as before, so that the acknowledgement may come again.</summary>
    public void Restore(InstantMessage message, string session, DateTimeOffset now)
    {
        lock (_lock)
            _waiting[message.Mark] = new WaitingMessage(message, [session], KnownUntil(message, now));
    }

    /// <summary>
    /// A session is gone: gives the messages that nobody else holds any more. Each is to be given to another session or to
    /// be failed.
    /// </summary>
    public IReadOnlyList<Orphan> Abandon(string session)
    {
        lock (_lock)
        {
            var orphans = new List<Orphan>();
            foreach (var mark in _waiting.Keys)
            {
                ref var waiting = ref Find(mark);
                if (waiting.Remove(session) && waiting.Sessions.IsEmpty)
                    orphans.Add(waiting.ToOrphan());
            }

            return orphans;
        }
    }

    /// <summary>Other sessions have taken a message that was orphaned.</summary>
    public void Give(InstantMessage message, IReadOnlyCollection<string> sessions)
    {
        lock (_lock)
        {
            ref var waiting = ref Find(message.Mark);
            if (!Unsafe.IsNullRef(ref waiting))
                waiting.Give(sessions);
        }
    }

    /// <summary>Nobody takes it any more: it leaves.</summary>
    public void Fail(InstantMessage message)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(message.Mark, out var waiting))
                Settle(message.Mark, waiting.KnownUntil);
        }
    }

    /// <summary>Gives the messages whose time ran out before anyone acknowledged them.</summary>
    public IReadOnlyList<InstantMessage> EndExpired(DateTimeOffset now)
    {
        lock (_lock)
        {
            var expired = new List<InstantMessage>();
            foreach (var (mark, waiting) in _waiting)
            {
                if (waiting.Message.Expires > now)
                    continue;
                Settle(mark, waiting.KnownUntil);
                expired.Add(waiting.Message);
            }

            return expired;
        }
    }

    private bool IsKnown(MessageMark mark) => _waiting.ContainsKey(mark) || _settled.Contains(mark);

    /// <summary>The entry itself, to be changed in its place; a null reference if it does not wait.</summary>
    private ref WaitingMessage Find(MessageMark mark) => ref CollectionsMarshal.GetValueRefOrNullRef(_waiting, mark);

    private long KnownUntil(InstantMessage message, DateTimeOffset now)
    {
        var until = now + limits.Remember;
        return (message.Expires > until ? message.Expires : until).UtcTicks;
    }

    /// <summary>
    /// A message leaves. What waits is always known; the memory of what has left is bounded: marks go by age, and the first
    /// that left go first when there are too many.
    /// </summary>
    private void Settle(MessageMark mark, long until)
    {
        _waiting.Remove(mark);
        if (_settled.Count >= limits.MaxRemembered)
            ForgetOldest();
        _settled.Add(mark, until);
    }

    private void ForgetOldest()
    {
        var mark = _settled.RemoveOldest();
        if (_tellings is { Count: > 0 } && !IsKnown(mark))
            _tellings.Remove(mark);
    }

    private void Forget(MessageMark mark)
    {
        _waiting.Remove(mark);
        _tellings?.Remove(mark);
    }
}
