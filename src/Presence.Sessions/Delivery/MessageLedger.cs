using System.Runtime.InteropServices;
using Presence.Contracts.Nearby;
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
    private List<MarkedKey> _untold = [];
    private bool _isTelling;

    // Each is made when it is needed: whoever writes to nobody holds none of them (bench idle).
    private Dictionary<MessageMark, Account> Accounts => field ??= [];

    private RecentMarks Settled => field ??= new();

    private HashSet<(Address From, string Id, Disposition Disposition)> Receipts => field ??= [];

    private Queue<(Address From, string Id, Disposition Disposition)> ReceiptOrder => field ??= new();

    /// <summary>Messages that the session has and of which the grain has not confirmed the acknowledgement.</summary>
    public IReadOnlyList<InstantMessage> InHand
    {
        get
        {
            lock (_lock)
                return [.. Accounts.Values.Select(account => account.InHand).OfType<InstantMessage>()];
        }
    }

    /// <summary>Acknowledged by the client; the grain does not know yet.</summary>
    public IReadOnlyList<MarkedKey> Acknowledged
    {
        get
        {
            lock (_lock)
                return [.. Accounts.Values.Select(account => account.Acknowledged).OfType<MarkedKey>()];
        }
    }

    /// <summary>A message that the session has, or had a short while ago, must not come twice.</summary>
    public Taking Take(InstantMessage message, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (Settled.Until(message.Mark) > now.UtcTicks)
            {
                // A grain that hands it over again does not know that it was acknowledged, and would keep it for ever.
                Of(message.Mark).Acknowledged = MarkedKey.Of(message);
                return Taking.Settled;
            }

            ref var account = ref Of(message.Mark);
            if (account.InHand is not null)
                return Taking.InHand;
            account.InHand = message;
            return Taking.New;
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
        {
            ref var account = ref Of(message.Mark);
            account.InHand = null;
            if (account.Acknowledged is null)
                Accounts.Remove(message.Mark);
        }
    }

    /// <summary>
    /// The client has taken responsibility. True for the one who must tell the grain now, by <see cref="NextUntold"/>; false while
    /// somebody does.
    /// </summary>
    public bool Acknowledge(IReadOnlyList<MarkedKey> keys)
    {
        lock (_lock)
        {
            foreach (var key in keys)
                Of(key.Mark).Acknowledged = key;
            _untold.AddRange(keys);
            if (_isTelling)
                return false;
            return _isTelling = true;
        }
    }

    /// <summary>What was acknowledged where the session was before, and the grain may not know.</summary>
    public void Recall(IEnumerable<MarkedKey> keys)
    {
        lock (_lock)
        {
            foreach (var key in keys)
                Of(key.Mark).Acknowledged = key;
        }
    }

    /// <summary>
    /// What was acknowledged since the last time, all of it at once; null when there is no more, and nobody tells any more.
    /// </summary>
    public IReadOnlyList<MarkedKey>? NextUntold()
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
    public void Settle(IReadOnlyList<MarkedKey> keys, DateTimeOffset now)
    {
        lock (_lock)
        {
            var until = (now + Remember).UtcTicks;
            for (var at = 0; at < keys.Count; at++)
            {
                var mark = keys[at].Mark;
                Accounts.Remove(mark);
                if (Settled.Count >= MaxSettled && !Settled.Contains(mark))
                    Settled.RemoveOldest();
                Settled.Add(mark, until);
            }
        }
    }

    private ref Account Of(MessageMark mark) => ref CollectionsMarshal.GetValueRefOrAddDefault(Accounts, mark, out _);

    /// <summary>One message that is not settled. All of it stands in one place, since each look for it costs (<c>bench im</c>).</summary>
    private struct Account
    {
        /// <summary>Until the grain knows that it was acknowledged.</summary>
        public InstantMessage? InHand;

        /// <summary>By the client; the grain does not know yet.</summary>
        public MarkedKey? Acknowledged;
    }
}
