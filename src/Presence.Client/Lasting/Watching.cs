using System.Runtime.CompilerServices;
using Presence.Model.Addresses;

namespace Presence.Client.Lasting;

/// <summary>One reader of some places.</summary>
internal sealed class Watching(SessionKeeper keeper)
{
    private readonly Dictionary<string, Watched> _watched = new(StringComparer.Ordinal);
    private readonly List<Watched> _new = [];

    public void Add(string id, Place target, WatchSecret? secret)
    {
        if (_watched.ContainsKey(id))
            return;

        if (keeper.Book.Enter(id, target, secret, out var watched))
            _new.Add(watched);

        _watched.Add(id, watched);
    }

    public async IAsyncEnumerable<Notification> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Opened before anything is asked or looked up, so that nothing falls in between.
        var stream = keeper.Hub.Open(happened =>
            happened is Notification { SubscriptionId: { } id } && _watched.ContainsKey(id));
        try
        {
            _new.ForEach(keeper.Subscribe);
            await foreach (var change in Read(stream, cancellation))
                yield return change;
        }
        finally
        {
            stream.Close();
        }
    }

    private async IAsyncEnumerable<Notification> Read(
        EventStream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var told = new Dictionary<Place, long>();
        var open = _watched.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var known in _watched.Values.Except(_new).SelectMany(watched => watched.Last).ToList())
        {
            if (IsNews(known, told))
                yield return known;

            if (IsLast(known, open))
                yield break;
        }

        await foreach (var happened in stream.Read(cancellation))
        {
            var change = (Notification)happened;
            if (IsNews(change, told))
                yield return change;

            if (IsLast(change, open))
                yield break;
        }
    }

    public void Close()
    {
        foreach (var watched in _watched.Values)
            keeper.Book.Leave(watched);
    }

    private static bool IsNews(Notification change, Dictionary<Place, long> told)
    {
        if (change.State is null or SubscriptionState.Active && change.Version is { } version)
        {
            if (told.TryGetValue(change.Target, out var before) && version <= before)
                return false;

            told[change.Target] = version;
        }
        else
        {
            told.Remove(change.Target);
        }

        return true;
    }

    private static bool IsLast(Notification change, HashSet<string> open) =>
        change.State == SubscriptionState.Terminated && open.Remove(change.SubscriptionId!) && open.Count == 0;
}
