using System.Collections.Immutable;
using Presence.Contracts.Users;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>What a user watches, kept so that it survives the session.</summary>
internal sealed class WatchList(IPersistentState<OutgoingRecord> record, Func<int> limit)
{
    private readonly EntryIndex _index = new();

    public ImmutableArray<WatchedNode> Current(DateTimeOffset now) =>
        [.. record.State.Entries.Select(e => e.ToWatched()).Where(w => w.Expires > now)];

    /// <summary>Notes one after the other as long as there is room, and writes them as one; why each was refused, or null.</summary>
    public async Task<ImmutableArray<Refusal?>> Remember(ImmutableArray<WatchedNode> watched, DateTimeOffset now)
    {
        var nowMilliseconds = now.ToUnixTimeMilliseconds();
        _index.Follow(record.State.Entries);
        List<OutgoingRecord.Entry> entries = new(record.State.Entries.Count + watched.Length), gained = [];
        var mayEnd = _index.MayEndBy(nowMilliseconds);
        if (mayEnd)
            entries.AddRange(record.State.Entries.Where(entry => entry.Until > nowMilliseconds));
        else
            entries.AddRange(record.State.Entries);

        var refusals = ImmutableArray.CreateBuilder<Refusal?>(watched.Length);
        foreach (var one in watched)
        {
            // Its former entry goes only if there is room for the new one, which then there is.
            var before = _index.MayHold(one.Id) || gained.Exists(e => e.Id == one.Id) ? entries.FindIndex(e => e.Id == one.Id) : -1;
            var isTooMany = entries.Count - (before < 0 ? 0 : 1) >= limit();
            refusals.Add(isTooMany ? Refusal.TooMany : null);
            if (isTooMany)
                continue;
            if (before >= 0)
            {
                entries.RemoveAt(before);
                gained.RemoveAll(e => e.Id == one.Id);
            }

            entries.Add(OutgoingRecord.Entry.Of(one));
            gained.Add(entries[^1]);
        }

        if (gained.Count > 0)
        {
            await record.Write(record.State.Grown(entries, gained));
            if (mayEnd)
                _index.Follow(entries);
            else
                _index.Gained(entries, gained);
        }

        return refusals.MoveToImmutable();
    }

    public async Task<WatchedNode?> Forget(string id)
    {
        if (record.State.Entries.Find(e => e.Id == id) is not { } entry)
            return null;
        await record.Write(new OutgoingRecord { Entries = record.State.Entries.FindAll(e => e.Id != id) });
        return entry.ToWatched();
    }

    public Task Clear() => record.RecordExists ? record.ClearStateAsync() : Task.CompletedTask;
}
