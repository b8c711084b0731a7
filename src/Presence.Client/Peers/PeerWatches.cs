using System.Collections.Concurrent;
using System.Globalization;
using Presence.Model.Addresses;

namespace Presence.Client.Peers;

/// <summary>
/// What this side watches at the partner: directly while a connection stands and he lets us, else at his home. Versions
/// tell which value is the newer one, whichever way it came. The subscriptions end with the session, so that those of the
/// account's other endpoints are left alone.
/// </summary>
internal sealed class PeerWatches(PresenceSession home, Address partner)
{
    private const string Prefix = "direct-";

    private readonly ConcurrentDictionary<PropertyPath, string> _ids = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<PropertyPath, long> _versions = [];

    /// <summary>Watches at home, as everybody does.</summary>
    /// <returns>The state in which the subscription begins.</returns>
    /// <exception cref="PipRefusedException">The partner does not allow it.</exception>
    public async Task<SubscriptionState> GoHome(PropertyPath path, CancellationToken cancellation)
    {
        var id = _ids.GetOrAdd(path, _ => Prefix + (_ids.Count + 1).ToString(CultureInfo.InvariantCulture));
        var answer = await home.Ask("SUB", new Place(partner, path).ToString(), [("id", id), ("scope", "session")],
            body: null, cancellation);
        return answer.Require().Code == 202 ? SubscriptionState.Pending : SubscriptionState.Active;
    }

    /// <summary>Turns to the partner's home with all that is watched: the answers bring the values of now.</summary>
    public async Task GoHome(CancellationToken cancellation)
    {
        foreach (var path in _ids.Keys)
            await GoHome(path, cancellation);
    }

    /// <summary>Turns to the direct connection with one place, if the partner serves it there.</summary>
    public async Task GoDirect(PeerLink link, PropertyPath path, CancellationToken cancellation)
    {
        var id = _ids[path];
        var answer = await link.Request((ref writer, tag) =>
        {
            writer.Request("SUB", tag, new Place(partner, path).ToString());
            writer.Param("id", id);
            writer.Param("scope", "session");
            writer.End();
        }, cancellation);
        if (answer.Code == 200)
            await home.Ask("UNSUB", id, parameters: null, body: null, cancellation);
    }

    /// <summary>As for one place, with all that is watched.</summary>
    public async Task GoDirect(PeerLink link, CancellationToken cancellation)
    {
        foreach (var path in _ids.Keys)
            await GoDirect(link, path, cancellation);
    }

    /// <summary>True if the event belongs to one of these subscriptions.</summary>
    public bool Holds(Notification change) =>
        _ids.TryGetValue(change.Target.Path, out var id) && id == change.SubscriptionId;

    /// <summary>False for a value that is not newer than the one told before.</summary>
    public bool IsNews(Notification change)
    {
        if (change.Version is not { } version || !Holds(change))
            return true;

        lock (_lock)
        {
            if (version <= _versions.GetValueOrDefault(change.Target.Path))
                return false;

            _versions[change.Target.Path] = version;
            return true;
        }
    }
}
