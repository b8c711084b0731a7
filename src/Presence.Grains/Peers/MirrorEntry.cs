using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Presence.Contracts.Peers;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Peers;

/// <summary>A subscription of one of our users to a node of another domain.</summary>
internal sealed class MirrorEntry(Address watcher, string id, PropertyPath path)
{
    private const int IdOctets = 12;

    public Address Watcher { get; } = watcher;

    /// <summary>The watcher's own id.</summary>
    public string Id { get; } = id;

    /// <summary>The id between the domains.</summary>
    public string LinkId { get; } = LinkIdOf(watcher, id);

    public PropertyPath Path { get; } = path;

    public bool IsActive { get; set; }

    public string? View { get; set; }

    public DateTimeOffset Expires { get; set; }

    /// <summary>True if the other domain has said something of it since it was last asked.</summary>
    public bool IsNewer { get; set; }

    public SubscriptionState State => IsActive ? SubscriptionState.Active : SubscriptionState.Pending;

    /// <summary>
    /// The same for the same subscription however often we are restarted, so that asking again is a refresh; watchers
    /// choose their ids for themselves, and two may choose the same.
    /// </summary>
    public static string LinkIdOf(Address watcher, string id) => Base64Url.EncodeToString(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{watcher}\n{id}")).AsSpan(0, IdOctets));

    public HeldSubscription ToHeld(Address node, long version) =>
        new(LinkId, new Place(node, Path), Watcher, Expires, IsActive, View, version);
}
