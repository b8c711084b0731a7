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
/// again (docs/protocol/sessions.md, "Tags").
/// </summary>
public sealed class ReplyCache
{
    /// <summary>How far back tags are known.</summary>
    public const int Window = 1024;

    /// <summary>Replies with a larger body are not kept; their requests only read and may be executed again.</summary>
    private const int MaxKeptBody = 4096;

    private readonly Dictionary<long, Reply> _replies = [];
    private readonly Queue<long> _inOrder = new();
    private long _highest;

    public TagVerdict Judge(long tag, out Reply? known)
    {
        if (_replies.TryGetValue(tag, out known))
            return TagVerdict.Repeat;
        if (tag <= _highest - Window)
            return TagVerdict.Stale;
        _highest = Math.Max(_highest, tag);
        return TagVerdict.Execute;
    }

    public void Keep(long tag, Reply reply)
    {
        if (reply.Body is { Length: > MaxKeptBody } || !_replies.TryAdd(tag, reply))
            return;
        _inOrder.Enqueue(tag);
        if (_inOrder.Count > Window)
            _replies.Remove(_inOrder.Dequeue());
    }
}
