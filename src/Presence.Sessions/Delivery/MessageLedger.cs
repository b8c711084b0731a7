using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Sessions.Delivery;

/// <summary>
/// The messages of one session that its user's grain must still be told about, and those that were settled lately. The grain
/// keeps its accounts in memory: with these they can be made again after a silo is lost, and what it hands over twice is
/// taken once. Used from any thread.
/// </summary>
internal sealed class MessageLedger
{
    /// <summary>Settled messages remembered; at the longest as long as a grain remembers them.</summary>
    private const int MaxSettled = 256;

    private static readonly TimeSpan Remember = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private List<MessageKey> _untold = [];
    private bool _isTelling;

    // Each is made when it is needed: whoever writes to nobody holds none of them (bench idle).
    private Dictionary<MessageKey, InstantMessage> Held => field ??= [];

    private HashSet<MessageKey> Confirmed => field ??= [];

    private Dictionary<MessageKey, DateTimeOffset> Settled => field ??= [];

    private Queue<MessageKey> SettledOrder => field ??= new();

    private HashSet<(Address From, string Id, Disposition Disposition)> Receipts => field ??= [];

    private Queue<(Address From, string Id, Disposition Disposition)> ReceiptOrder => field ??= new();

    /// <summary>Messages that the session has and of which the grain has not confirmed the acknowledgement.</summary>
    public IReadOnlyList<InstantMessage> InHand
    {
        get
        {
            lock (_lock)
                return [.. Held.Values];
        }
    }

    /// <summary>Acknowledged by the client; the grain does not know yet.</summary>
    public IReadOnlyList<MessageKey> Acknowledged
    {
        get
        {
            lock (_lock)
                return [.. Confirmed];
        }
    }

    /// <summary>A message that the session has, or had a short while ago, must not come twice.</summary>
    public Taking Take(InstantMessage message, DateTimeOffset now)
    {
        var key = new MessageKey(message.From, message.Id);
        lock (_lock)
        {
            if (!Settled.TryGetValue(key, out var at) || now - at >= Remember)
                return Held.TryAdd(key, message) ? Taking.New : Taking.InHand;

            // A grain that hands it over again does not know that it was acknowledged, and would keep it for ever.
            Confirmed.Add(key);
            return Taking.Settled;
        }
    }

    /// <summary>False if the session had this receipt before: who tells it may not know that it came.</summary>
    public bool TakeReceipt(Receipt receipt)
    {
        lock (_lock)
        {
            var key = (receipt.From, receipt.MessageId, receipt.Disposition);
            if (!Receipts.Add(key))
                return false;
            ReceiptOrder.Enqueue(key);
            if (ReceiptOrder.Count > MaxSettled)
                Receipts.Remove(ReceiptOrder.Dequeue());
            return true;
        }
    }

    /// <summary>The session could not take it after all.</summary>
    public void Return(InstantMessage message)
    {
        lock (_lock)
            Held.Remove(new MessageKey(message.From, message.Id));
    }

    /// <summary>
    /// The client has taken responsibility. True for the one who must tell the grain now, by <see cref="NextUntold"/>; false while
    /// somebody does.
    /// </summary>
    public bool Acknowledge(IReadOnlyList<MessageKey> keys)
    {
        lock (_lock)
        {
            Confirmed.UnionWith(keys);
            _untold.AddRange(keys);
            if (_isTelling)
                return false;
            return _isTelling = true;
        }
    }

    /// <summary>What was acknowledged where the session was before, and the grain may not know.</summary>
    public void Recall(IEnumerable<MessageKey> keys)
    {
        lock (_lock)
            Confirmed.UnionWith(keys);
    }

    /// <summary>
    /// What was acknowledged since the last time, all of it at once; null when there is no more, and nobody tells any more.
    /// </summary>
    public IReadOnlyList<MessageKey>? NextUntold()
    {
        lock (_lock)
        {
            if (_untold.Count == 0)
            {
                _isTelling = false;
                return null;
            }

            var untold = _untold;
            _untold = [];
            return untold;
        }
    }

    /// <summary>The grain knows it too.</summary>
    public void Settle(IEnumerable<MessageKey> keys, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var key in keys)
            {
                Held.Remove(key);
                Confirmed.Remove(key);
                if (Settled.TryAdd(key, now))
                    SettledOrder.Enqueue(key);
                else
                    Settled[key] = now;
            }

            while (SettledOrder.Count > MaxSettled)
                Settled.Remove(SettledOrder.Dequeue());
        }
    }
}
