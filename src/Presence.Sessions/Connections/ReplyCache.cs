namespace Presence.Sessions.Connections;

/// <summary>What to do with a request, judged by its tag.</summary>
public enum TagVerdict
{
    Execute = 0,

    /// <summary>It was answered before: the same answer again.</summary>
    Repeat = 1,

    /// <summary>Too old to tell: <c>409 stale-tag</c>.</summary>
    Stale = 2,
}

/// <summary>
/// Tags are idempotency keys within a session: a request repeated with its tag is answered again and not executed
/// again (docs/protocol/sessions.md, "Tags"). Idle sessions keep nothing: replies go after <see cref="Age"/>.
/// </summary>
public sealed class ReplyCache(TimeProvider time)
{
    /// <summary>How far back tags are known.</summary>
    public const int Window = 1024;

    /// <summary>For how long a reply is kept, if not so many came since that it goes before.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMinutes(5);

    /// <summary>Replies with a larger body are not kept; their requests only read and may be executed again.</summary>
    private const int MaxKeptBody = 4096;

    private readonly Lock _lock = new();
    private Dictionary<long, Reply>? _replies;
    private Queue<(long Tag, long At)>? _inOrder;
    private long _highest;

    /// <summary>One above the highest tag received.</summary>
    public long Next
    {
        get
        {
            lock (_lock)
                return _highest + 1;
        }
    }

    /// <summary>A cache for another space of tags.</summary>
    public ReplyCache Anew() => new(time);

    public TagVerdict Judge(long tag, out Reply? known)
    {
        lock (_lock)
        {
            known = null;
            if (_replies?.TryGetValue(tag, out known) == true)
                return TagVerdict.Repeat;
            if (tag <= _highest - Window)
                return TagVerdict.Stale;
            _highest = Math.Max(_highest, tag);
            return TagVerdict.Execute;
        }
    }

    public void Keep(long tag, Reply reply)
    {
        lock (_lock)
        {
            if (reply.Body is { Length: > MaxKeptBody } || !(_replies ??= []).TryAdd(tag, reply))
                return;
            (_inOrder ??= new()).Enqueue((tag, time.GetTimestamp()));
            if (_inOrder.Count > Window)
                _replies.Remove(_inOrder.Dequeue().Tag);
        }
    }

    /// <summary>Lets go of what has grown old.</summary>
    public void Trim()
    {
        lock (_lock)
        {
            while (_inOrder is not null && _inOrder.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > Age)
                _replies!.Remove(_inOrder.Dequeue().Tag);
            if (_inOrder is { Count: 0 })
                (_replies, _inOrder) = (null, null);
        }
    }

    /// <summary>All that it knows, in the order in which the replies were given.</summary>
    internal (long Highest, IReadOnlyList<(long Tag, Reply Reply)> Replies) Save()
    {
        lock (_lock)
            return (_highest, [.. (_inOrder ?? []).Select(kept => (kept.Tag, _replies![kept.Tag]))]);
    }

    internal void Restore(long highest, IEnumerable<(long Tag, Reply Reply)> replies)
    {
        foreach (var (tag, reply) in replies)
            Keep(tag, reply);
        lock (_lock)
            _highest = highest;
    }
}
