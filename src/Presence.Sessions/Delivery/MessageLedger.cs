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
    private readonly Dictionary<MessageKey, InstantMessage> _inHand = [];
    private readonly HashSet<MessageKey> _acknowledged = [];
    private List<MessageKey> _untold = [];
    private bool _isTelling;
    private readonly Dictionary<MessageKey, DateTimeOffset> _settled = [];
    private readonly Queue<MessageKey> _order = new();
    private readonly HashSet<(Address From, string Id, Disposition Disposition)> _receipts = [];
    private readonly Queue<(Address From, string Id, Disposition Disposition)> _receiptOrder = new();

    /// <summary>Messages that the session has and of which the grain has not confirmed the acknowledgement.</summary>
    public IReadOnlyList<InstantMessage> InHand
    {
        get
        {
            lock (_lock)
                return [.. _inHand.Values];
        }
    }

    /// <summary>Acknowledged by the client; the grain does not know yet.</summary>
    public IReadOnlyList<MessageKey> Acknowledged
    {
        get
        {
            lock (_lock)
                return [.. _acknowledged];
        }
    }

    /// <summary>A message that the session has, or had a short while ago, must not come twice.</summary>
    public Taking Take(InstantMessage message, DateTimeOffset now)
    {
        var key = new MessageKey(message.From, message.Id);
        lock (_lock)
        {
            if (!_settled.TryGetValue(key, out var at) || now - at >= Remember)
                return _inHand.TryAdd(key, message) ? Taking.New : Taking.InHand;

            // A grain that hands it over again does not know that it was acknowledged, and would keep it for ever.
            _acknowledged.Add(key);
            return Taking.Settled;
        }
    }

    /// <summary>False if the session had this receipt before: who tells it may not know that it came.</summary>
    public bool TakeReceipt(Receipt receipt)
    {
        lock (_lock)
        {
            var key = (receipt.From, receipt.MessageId, receipt.Disposition);
            if (!_receipts.Add(key))
                return false;
            _receiptOrder.Enqueue(key);
            if (_receiptOrder.Count > MaxSettled)
                _receipts.Remove(_receiptOrder.Dequeue());
            return true;
        }
    }

    /// <summary>The session could not take it after all.</summary>
    public void Return(InstantMessage message)
    {
        lock (_lock)
            _inHand.Remove(new MessageKey(message.From, message.Id));
    }

    /// <summary>
    /// The client has taken responsibility. True for the one who must tell the grain now, by <see cref="NextUntold"/>; false while
    /// somebody does.
    /// </summary>
    public bool Acknowledge(IReadOnlyList<MessageKey> keys)
    {
        lock (_lock)
        {
            _acknowledged.UnionWith(keys);
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
            _acknowledged.UnionWith(keys);
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
                _inHand.Remove(key);
                _acknowledged.Remove(key);
                if (_settled.TryAdd(key, now))
                    _order.Enqueue(key);
                else
                    _settled[key] = now;
            }

            while (_order.Count > MaxSettled)
                _settled.Remove(_order.Dequeue());
        }
    }
}
