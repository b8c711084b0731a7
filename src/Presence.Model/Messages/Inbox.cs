using System.Collections.Immutable;
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
    private readonly Dictionary<(Address From, string Id), Waiting> _waiting = [];

    /// <summary>With what may still be told of it; mostly that is nothing, which takes no memory.</summary>
    private readonly Dictionary<(Address From, string Id), Known?> _known = [];
    private readonly Queue<((Address From, string Id) Key, long UntilTicks)> _settled = new();

    /// <summary>When the next message runs out of time, or null.</summary>
    public DateTimeOffset? NextExpiry
    {
        get
        {
            lock (_lock)
                return _waiting.Count == 0 ? null : _waiting.Values.Min(w => w.Message.Expires);
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
            return _known.ContainsKey((from, id));
    }

    /// <summary>
    /// The recipient's client has shown a message. Null if it never came; else whether the sender must be told, which
    /// happens at most once.
    /// </summary>
    public DisplayOutcome? Display(Address from, string id)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue((from, id), out var known))
                return null;
            if (known is null)
                return new DisplayOutcome(false, null);
            _known[(from, id)] = known with { IsDisplayOwed = false };
            return new DisplayOutcome(known.IsDisplayOwed, known.SentTo);
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
            while (_settled.TryPeek(out var oldest) && oldest.UntilTicks <= now.UtcTicks)
                ForgetOldest();
            var key = (message.From, message.Id);
            if (!_known.TryAdd(key, Known.Of(message)))
                return false;
            _waiting[key] = new Waiting(message, sessions, KnownUntil(message, now));
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
            return _waiting.TryGetValue((from, id), out var waiting) ? waiting.Sessions : [];
    }

    /// <summary>The message if it waits for this session, else null.</summary>
    public InstantMessage? Find(Address from, string id, string session)
    {
        lock (_lock)
        {
            return _waiting.TryGetValue((from, id), out var waiting) && waiting.Sessions.Contains(session)
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
            if (!_waiting.TryGetValue((from, id), out var waiting) || !waiting.Remove(session) || !waiting.Sessions.IsEmpty)
                return;
            _waiting.Remove((from, id));
            _known.Remove((from, id));
        }
    }

    /// <summary>Nobody has it any more, and it is kept elsewhere: it is as if it had never come.</summary>
    public void Withdraw(InstantMessage message)
    {
        lock (_lock)
        {
            _waiting.Remove((message.From, message.Id));
            _known.Remove((message.From, message.Id));
        }
    }

    /// <summary>A session has this message in its hands, which may be news here; one that was settled stays settled.</summary>
    public void Hold(InstantMessage message, string session, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_waiting.ContainsKey((message.From, message.Id)))
                Give(message, [session]);
            else
                Accept(message, [session], now);
        }
    }

    /// <summary>
    /// A session acknowledged the message: the first one settles it. Gives the message then, null for a repeat or for one
    /// that this session was never given.
    /// </summary>
    public InstantMessage? Acknowledge(Address from, string id, string session)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue((from, id), out var waiting) || !waiting.Sessions.Contains(session))
                return null;
            Settle((from, id), waiting);
            return waiting.Message;
        }
    }

    /// <summary>The sender could not be told that it was acknowledged: it is as before, so that the acknowledgement may come again.</summary>
    public void Restore(InstantMessage message, string session, DateTimeOffset now)
    {
        lock (_lock)
            _waiting[(message.From, message.Id)] = new Waiting(message, [session], KnownUntil(message, now));
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
            foreach (var waiting in _waiting.Values)
            {
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
            if (_waiting.TryGetValue((message.From, message.Id), out var waiting))
                waiting.Give(sessions);
        }
    }

    /// <summary>Nobody takes it any more: it leaves.</summary>
    public void Fail(InstantMessage message)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue((message.From, message.Id), out var waiting))
                Settle((message.From, message.Id), waiting);
        }
    }

    /// <summary>Gives the messages whose time ran out before anyone acknowledged them.</summary>
    public IReadOnlyList<InstantMessage> EndExpired(DateTimeOffset now)
    {
        lock (_lock)
        {
            var expired = new List<InstantMessage>();
            foreach (var (key, waiting) in _waiting)
            {
                if (waiting.Message.Expires > now)
                    continue;
                Settle(key, waiting);
                expired.Add(waiting.Message);
            }

            return expired;
        }
    }

    private DateTimeOffset KnownUntil(InstantMessage message, DateTimeOffset now)
    {
        var until = now + limits.Remember;
        return message.Expires > until ? message.Expires : until;
    }

    /// <summary>
    /// A message leaves. What waits is always known; the memory of what has left is bounded: keys go by age, and the first
    /// that left go first when there are too many.
    /// </summary>
    private void Settle((Address From, string Id) key, Waiting waiting)
    {
        _waiting.Remove(key);
        _settled.Enqueue((key, waiting.KnownUntil.UtcTicks));
        if (_settled.Count > limits.MaxRemembered)
            ForgetOldest();
    }

    private void ForgetOldest()
    {
        var (key, _) = _settled.Dequeue();
        if (!_waiting.ContainsKey(key))
            _known.Remove(key);
    }

    /// <summary>Arrays, for mostly there is one session, and they are the same for message after message.</summary>
    private sealed class Waiting(InstantMessage message, ImmutableArray<string> sessions, DateTimeOffset knownUntil)
    {
        private ImmutableArray<string> _given = sessions;

        public InstantMessage Message { get; } = message;

        public DateTimeOffset KnownUntil { get; } = knownUntil;

        /// <summary>Those that hold it.</summary>
        public ImmutableArray<string> Sessions { get; private set; } = sessions;

        public bool Remove(string session)
        {
            var before = Sessions.Length;
            Sessions = Sessions.Remove(session, StringComparer.Ordinal);
            return Sessions.Length < before;
        }

        public void Give(IEnumerable<string> sessions)
        {
            foreach (var session in sessions)
            {
                if (!Sessions.Contains(session))
                    Sessions = Sessions.Add(session);
                if (!_given.Contains(session))
                    _given = _given.Add(session);
            }
        }

        public Orphan ToOrphan() => new(Message, _given.ToHashSet(StringComparer.Ordinal));
    }

    private sealed record Known(bool IsDisplayOwed, Address? SentTo)
    {
        public static Known? Of(InstantMessage message)
        {
            var isOwed = message.Wants.HasFlag(ReceiptWishes.Displayed);
            return isOwed || !message.Via.IsEmpty ? new Known(isOwed, message.Via.IsEmpty ? null : message.Via[0]) : null;
        }
    }
}
