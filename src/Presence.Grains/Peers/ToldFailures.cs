using Presence.Contracts.Peers;
using Presence.Model.Addresses;
using Presence.Model.Memory;

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

    private readonly RecentNotes<(Address Sender, Address Recipient, string Id), bool> _told = new(Most, Life);

    public void Add(OwedReceipt owed, DateTimeOffset now) =>
        _told.Note((owed.Sender, owed.Recipient, owed.MessageId), true, now);

    public bool Contains(Address sender, Address recipient, string messageId, DateTimeOffset now) =>
        _told.Contains((sender, recipient, messageId), now);
}
