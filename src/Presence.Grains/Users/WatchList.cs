using System.Collections.Immutable;
using Presence.Contracts.Users;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>What a user watches, kept so that it survives the session.</summary>
internal sealed class WatchList(IPersistentState<OutgoingRecord> record, Func<int> limit)
{
    public ImmutableArray<WatchedNode> Current(DateTimeOffset now) =>
        [.. record.State.Entries.Select(e => e.ToWatched()).Where(w => w.Expires > now)];

    public async Task<Refusal?> Remember(WatchedNode watched, DateTimeOffset now)
    {
        var nowMilliseconds = now.ToUnixTimeMilliseconds();
        var others = record.State.Entries.FindAll(e => e.Until > nowMilliseconds && e.Id != watched.Id);
        if (others.Count >= limit())
            return Refusal.TooMany;
        await record.Write(new OutgoingRecord { Entries = [.. others, OutgoingRecord.Entry.Of(watched)] });
        return null;
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
