using System.Collections.Immutable;
using Presence.Contracts.Users;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>What a user watches, kept so that it survives the session.</summary>
internal sealed class WatchList(IPersistentState<OutgoingRecord> record, Func<int> limit)
{
    public ImmutableArray<WatchedNode> Current(DateTimeOffset now) =>
        [.. record.State.Entries.Select(e => e.ToWatched()).Where(w => w.Expires > now)];

    /// <summary>Notes one after the other as long as there is room, and writes them as one; why each was refused, or null.</summary>
    public async Task<ImmutableArray<Refusal?>> Remember(ImmutableArray<WatchedNode> watched, DateTimeOffset now)
    {
        var nowMilliseconds = now.ToUnixTimeMilliseconds();
        var entries = record.State.Entries.FindAll(e => e.Until > nowMilliseconds);
        var refusals = ImmutableArray.CreateBuilder<Refusal?>(watched.Length);
        foreach (var one in watched)
        {
            var isTooMany = entries.Count(e => e.Id != one.Id) >= limit();
            refusals.Add(isTooMany ? Refusal.TooMany : null);
            if (isTooMany)
                continue;
            entries.RemoveAll(e => e.Id == one.Id);
            entries.Add(OutgoingRecord.Entry.Of(one));
        }

        if (refusals.Contains(null))
            await record.Write(new OutgoingRecord { Entries = entries });
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
