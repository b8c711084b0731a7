namespace Presence.Grains.Users;

/// <summary>
/// What a long list of <see cref="OutgoingRecord"/> holds, so that noting one more does not look at all the others: in <c>bench subscribe</c>
/// that was a twelfth of a subscription with some hundreds before it.
/// </summary>
internal sealed class EntryIndex
{
    /// <summary>Entries from which it is kept: 64. Fewer are looked at one by one, and cost no memory twice.</summary>
    public const int Long = 64;

    private List<OutgoingRecord.Entry>? _list;
    private HashSet<string>? _ids;
    private long _firstEnd;

    /// <summary>From here on it speaks of this list, which others must not change any more.</summary>
    public void Follow(List<OutgoingRecord.Entry> list)
    {
        if (ReferenceEquals(_list, list))
            return;
        _list = list;
        (_ids, _firstEnd) = list.Count < Long
            ? (null, long.MinValue)
            : (list.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal), list.Min(entry => entry.Until));
    }

    /// <summary>False if surely none of the entries has run out then.</summary>
    /// <param name="moment">Milliseconds since 1970.</param>
    public bool MayEndBy(long moment) => _firstEnd <= moment;

    /// <summary>False if surely no entry has this id.</summary>
    public bool MayHold(string id) => _ids?.Contains(id) != false;

    /// <summary>The list that it followed has become this one, which holds the same ids and those of these entries.</summary>
    public void Gained(List<OutgoingRecord.Entry> list, List<OutgoingRecord.Entry> gained)
    {
        if (_ids is null)
        {
            Follow(list);
            return;
        }

        _list = list;
        foreach (var entry in gained)
        {
            _ids.Add(entry.Id);
            _firstEnd = Math.Min(_firstEnd, entry.Until);
        }
    }
}
