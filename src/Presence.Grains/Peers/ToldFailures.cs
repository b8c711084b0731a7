using Presence.Contracts.Peers;
using Presence.Model.Addresses;

namespace Presence.Grains.Peers;

/// <summary>
/// Messages whose senders were told lately that they have failed. One of them may have arrived all the same, the receipt being
/// late: its sender has one answer already.
/// </summary>
internal sealed class ToldFailures
{
    /// <summary>So long a receipt may be late: that is how long it waits on the other side, and then some.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private const int Most = 10_000;

    private readonly Dictionary<(Address Sender, Address Recipient, string Id), DateTimeOffset> _told = [];
    private readonly Queue<(Address Sender, Address Recipient, string Id)> _inOrder = new();

    public void Add(OwedReceipt owed, DateTimeOffset now)
    {
        var key = (owed.Sender, owed.Recipient, owed.MessageId);
        if (!_told.TryAdd(key, now + Life))
            return;
        _inOrder.Enqueue(key);
        while (_inOrder.Count > Most || (_inOrder.TryPeek(out var oldest) && _told[oldest] <= now))
            _told.Remove(_inOrder.Dequeue());
    }

    public bool Contains(Address sender, Address recipient, string messageId, DateTimeOffset now) =>
        _told.TryGetValue((sender, recipient, messageId), out var until) && until > now;
}
