using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>
/// Receipts for a user of whom this grain knows no session. If a silo was lost the sessions are asserted within seconds, and
/// get them then; who lost his gateway binds anew as soon, and gets them too. Later nobody does. In memory only.
/// </summary>
internal sealed class HeldReceipts
{
    private const int Max = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Queue<(Receipt Receipt, DateTimeOffset Until)> _held = new();

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

    /// <summary>Gives what is not too old, once.</summary>
    public IReadOnlyList<Receipt> Take(DateTimeOffset now)
    {
        EndExpired(now);
        List<Receipt> fresh = [.. _held.Select(held => held.Receipt)];
        _held.Clear();
        return fresh;
    }
}
