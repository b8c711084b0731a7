using Presence.Contracts.Peers;
using Presence.Model.Addresses;

namespace Presence.Grains.Peers;

/// <summary>
/// Messages that the other domain has taken over and no receipt has confirmed yet, while their time runs. A domain that was
/// restarted has forgotten what it took: it gets them again, as from a client whose session was lost.
/// </summary>
internal sealed class UnconfirmedMessages(int most, int mostOctets)
{
    private readonly Dictionary<Key, Entry> _entries = [];
    private long _octets;

    /// <summary>When the time of the first one is over, or null.</summary>
    public DateTimeOffset? NextExpiry =>
        _entries.Count == 0 ? null : _entries.Values.Min(entry => entry.Request.Expires);

    /// <summary>Notes one that was taken over in a session of the link. Beyond the bounds it is let go.</summary>
    public void Add(PeerRequest request, OwedReceipt owed, long session)
    {
        var key = new Key(owed.Sender, owed.Recipient, owed.MessageId);
        Remove(key);
        if (_entries.Count >= most || _octets + request.Octets > mostOctets)
            return;
        _entries.Add(key, new Entry(request, owed, session));
        _octets += request.Octets;
    }

    /// <summary>A receipt has come, whatever it says.</summary>
    public void Confirm(Address sender, Address recipient, string messageId) =>
        Remove(new Key(sender, recipient, messageId));

    /// <summary>Takes out those of other sessions than this one, in the order in which they came.</summary>
    public IReadOnlyList<PeerRequest> TakeOthers(long session) =>
        [.. Take(entry => entry.Session != session).Select(entry => entry.Request)];

    /// <summary>Takes out those whose time is over; gives those that may be lost, for their session is.</summary>
    public IReadOnlyList<OwedReceipt> TakeLost(DateTimeOffset now, long? session) =>
    [
        .. Take(entry => entry.Request.Expires <= now).Where(entry => entry.Session != session).Select(entry => entry.Owed),
    ];

    private List<Entry> Take(Func<Entry, bool> condition)
    {
        var taken = _entries.Where(entry => condition(entry.Value)).ToList();
        taken.ForEach(entry => Remove(entry.Key));
        return taken.ConvertAll(entry => entry.Value);
    }

    private void Remove(Key key)
    {
        if (_entries.Remove(key, out var entry))
            _octets -= entry.Request.Octets;
    }

    private readonly record struct Key(Address Sender, Address Recipient, string MessageId);

    private sealed record Entry(PeerRequest Request, OwedReceipt Owed, long Session);
}
