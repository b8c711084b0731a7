using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>
/// Receipts for a user of whom this grain knows no session. If a silo was lost the sessions are asserted within seconds, and
/// get them then; who lost his gateway binds anew as soon, and gets them too. A user who left gets none. In memory only.
/// </summary>
internal sealed class HeldReceipts
{
    private const int Max = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Queue<(Receipt Receipt, DateTimeOffset Until)> _held = new();
    private DateTimeOffset? _nextIsDueBy;

    /// <summary>When the oldest is of no use any more, or null.</summary>
    public DateTimeOffset? NextExpiry => _held.TryPeek(out var oldest) ? oldest.Until : null;

    /// <summary>The oldest makes room.</summary>
    public void Hold(Receipt receipt, DateTimeOffset now)
    {
        if (_held.Count == Max)
            _held.Dequeue();
        _held.Enqueue((receipt, now + Patience));
    }

    /// <summary>Lets go of what is too old.</summary>
    public void EndExpired(DateTimeOffset now)
    {
        while (NextExpiry <= now)
            _held.Dequeue();
    }

    /// <summary>The user lost a session and did not end it: what comes now may be for the next one.</summary>
    public void AwaitNext(DateTimeOffset now) => _nextIsDueBy = now + Patience;

    /// <summary>He binds anew. Gives what is not too old if he was awaited, once.</summary>
    public IReadOnlyList<Receipt> TakeForNext(DateTimeOffset now)
    {
        var isAwaited = _nextIsDueBy > now;
        _nextIsDueBy = null;
        return isAwaited ? Take(now) : [];
    }

    /// <summary>Gives what is not too old, once.</summary>
    public IReadOnlyList<Receipt> Take(DateTimeOffset now)
    {
        EndExpired(now);
        List<Receipt> fresh = [.. _held.Select(held => held.Receipt)];
        _held.Clear();
        return fresh;
    }
}
