using Presence.Model.Addresses;

namespace Presence.Model.Messages;

/// <summary>
/// The accounts of one recipient: which messages wait for which sessions, and which were taken lately. Each accepted
/// message leaves it exactly once: acknowledged, or failed. Time is passed in; nothing here waits or sends.
/// Owned by one grain, so it needs no lock.
/// </summary>
public sealed class Inbox(InboxLimits limits)
{
    private readonly Dictionary<(Address From, string Id), Waiting> _waiting = [];
    private readonly Dictionary<(Address From, string Id), ReceiptWishes> _known = [];
    private readonly Queue<((Address From, string Id) Key, DateTimeOffset Until)> _settled = new();

    /// <summary>When the next message runs out of time, or null.</summary>
    public DateTimeOffset? NextExpiry => _waiting.Count == 0 ? null : _waiting.Values.Min(w => w.Message.Expires);

    /// <summary>Messages that no session has acknowledged yet.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>True if nothing more can be taken until something is acknowledged: answer 503.</summary>
    public bool IsFull => _waiting.Count >= limits.MaxWaiting;

    /// <summary>True if the message came before: it is answered as the first time and not delivered again.</summary>
    public bool IsKnown(Address from, string id) => _known.ContainsKey((from, id));

    /// <summary>
    /// The recipient's client has shown a message. Null if it never came; else whether the sender must be told, which
    /// happens at most once.
    /// </summary>
    public bool? Display(Address from, string id)
    {
        if (!_known.TryGetValue((from, id), out var wishes))
            return null;
        _known[(from, id)] = wishes & ~ReceiptWishes.Displayed;
        return wishes.HasFlag(ReceiptWishes.Displayed);
    }

    /// <summary>
    /// Takes responsibility for a message handed to the sessions named. One that is known already is not taken again.
    /// </summary>
    public void Accept(InstantMessage message, IEnumerable<string> sessions, DateTimeOffset now)
    {
        while (_settled.TryPeek(out var oldest) && oldest.Until <= now)
            ForgetOldest();
        var key = (message.From, message.Id);
        if (!_known.TryAdd(key, message.Wants))
            return;
        var until = now + limits.Remember;
        _waiting[key] = new Waiting(message, [.. sessions], message.Expires > until ? message.Expires : until);
    }

    /// <summary>
    /// A session acknowledged the message: the first one settles it. Gives the message then, null for a repeat or for one
    /// that this session was never given.
    /// </summary>
    public InstantMessage? Acknowledge(Address from, string id, string session)
    {
        if (!_waiting.TryGetValue((from, id), out var waiting) || !waiting.Sessions.Contains(session))
            return null;
        Settle((from, id), waiting);
        return waiting.Message;
    }

    /// <summary>Messages that wait for this session alone, oldest first.</summary>
    public IReadOnlyList<InstantMessage> HeldOnlyBy(string session) =>
    [
        .. _waiting.Values.Where(waiting => waiting.Sessions.Count == 1 && waiting.Sessions.Contains(session))
            .Select(waiting => waiting.Message).OrderBy(message => message.SentAt),
    ];

    /// <summary>More sessions have taken a message that waits.</summary>
    public void HandedTo(InstantMessage message, IEnumerable<string> sessions)
    {
        if (_waiting.TryGetValue((message.From, message.Id), out var waiting))
            waiting.Sessions.UnionWith(sessions);
    }

    /// <summary>A session is gone: gives the messages that nobody else holds any more, so that their failure is told.</summary>
    public IReadOnlyList<InstantMessage> Abandon(string session)
    {
        var lost = new List<InstantMessage>();
        foreach (var (key, waiting) in _waiting)
        {
            if (!waiting.Sessions.Remove(session) || waiting.Sessions.Count > 0)
                continue;
            Settle(key, waiting);
            lost.Add(waiting.Message);
        }

        return lost;
    }

    /// <summary>Gives the messages whose time ran out before anyone acknowledged them.</summary>
    public IReadOnlyList<InstantMessage> EndExpired(DateTimeOffset now)
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

    /// <summary>
    /// A message leaves. What waits is always known; the memory of what has left is bounded: keys go by age, and the first
    /// that left go first when there are too many.
    /// </summary>
    private void Settle((Address From, string Id) key, Waiting waiting)
    {
        _waiting.Remove(key);
        _settled.Enqueue((key, waiting.KnownUntil));
        if (_settled.Count > limits.MaxRemembered)
            ForgetOldest();
    }

    private void ForgetOldest() => _known.Remove(_settled.Dequeue().Key);

    private sealed record Waiting(InstantMessage Message, HashSet<string> Sessions, DateTimeOffset KnownUntil);
}

/// <summary>Bounds of an <see cref="Inbox"/>.</summary>
/// <param name="MaxWaiting">Unacknowledged messages, default 1 024; beyond it new ones are refused with 503.</param>
/// <param name="MaxRemembered">Keys of settled messages remembered against repeats, default 4 096.</param>
/// <param name="Remember">For how long a message is remembered against repeats, default 10 min.</param>
public sealed record InboxLimits(int MaxWaiting, int MaxRemembered, TimeSpan Remember)
{
    public static readonly InboxLimits Default = new(1024, 4096, TimeSpan.FromMinutes(10));
}
