using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Presence.Contracts.Peers;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Subscriptions;

/// <summary>
/// Names of what the watchers of other domains see of one node (docs/protocol/federation.md, "Single-instancing"). All of a
/// domain who see the truth share a view, in which a change is told once; whoever is shut out politely has one for himself,
/// in which nothing is told any more.
/// </summary>
internal sealed class PeerViews(IPersistentState<SubscriptionRecord> record, Address node)
{
    private const int NameOctets = 6;

    private const int SeedOctets = 16;

    /// <summary>Watchers came by this route. What it says is stored with the next subscription.</summary>
    public void Note(string route)
    {
        if (DomainPair.OfRoute(route) is not { } pair || record.State.Peers.Contains(pair.Remote.ToString()))
            return;
        record.State.Peers.Add(pair.Remote.ToString());
        record.State.ViewSeed ??= Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SeedOctets));
    }

    /// <summary>The route to a watcher of another domain; null for one of ours.</summary>
    public string? RouteOf(Address watcher) =>
        IsAbroad(watcher) ? new DomainPair(node.Domain, watcher.Domain).Route : null;

    /// <summary>The view in which the domain is told what changes.</summary>
    public string Open(Domain remote) => $"v{Name(remote.ToString())}";

    /// <summary>What the watcher of a subscription sees; null while he sees nothing, and for a watcher of ours.</summary>
    public string? ViewOf(Subscription entry) =>
        !IsAbroad(entry.Watcher) || entry.SeenAs == SubscriptionState.Pending ? null
        : entry.State == SubscriptionState.Blocked ? Past(entry.Watcher)
        : Open(entry.Watcher.Domain);

    /// <summary>What he sees after a ruling.</summary>
    public string? ViewOf(SubscriptionChange change, Subscription before) => change switch
    {
        _ when !IsAbroad(before.Watcher) => null,
        SubscriptionChange.Activate or SubscriptionChange.Resume => Open(before.Watcher.Domain),
        SubscriptionChange.Silence => Past(before.Watcher),
        _ => null,
    };

    private string Past(Address watcher) => $"v{Name(watcher.ToString())}";

    private bool IsAbroad(Address watcher) => record.State.Peers.Contains(watcher.Domain.ToString());

    private string Name(string of) => Base64Url.EncodeToString(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{record.State.ViewSeed}\n{of}")).AsSpan(0, NameOctets));
}
