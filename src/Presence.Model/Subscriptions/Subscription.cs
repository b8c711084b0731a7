using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Subscriptions;

/// <summary>States of a subscription as its home server keeps them (docs/protocol/subscriptions.md).</summary>
public enum SubscriptionState
{
    /// <summary>The owner has not decided.</summary>
    Pending = 0,

    /// <summary>Changes are told.</summary>
    Active = 1,

    /// <summary>Shut out politely: the watcher keeps seeing what he saw, and is told nothing more.</summary>
    Blocked = 2,

    /// <summary>The watcher gave up before the owner decided; only the owner still sees it.</summary>
    Waiting = 3,
}

/// <summary>One watcher's wish to be told of changes.</summary>
/// <param name="Watcher">Who watches.</param>
/// <param name="Id">The watcher's own name for it, 1–64 token characters.</param>
/// <param name="Path">The property or container; the root stands for the presence bundle.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">When it was first asked for.</param>
/// <param name="Expires">When it ends unless refreshed.</param>
/// <param name="IsSessionBound">True for <c>scope=session</c>: it ends with the session and is never stored.</param>
/// <param name="SeenAs">The state that the watcher was told; differs from <paramref name="State"/> when blocked.</param>
/// <param name="Passphrase">
/// Salt of the passphrase that its watcher has proven, in base64url: with another passphrase it opens nothing any more. Null for
/// none.
/// </param>
public sealed record Subscription(
    Address Watcher,
    string Id,
    PropertyPath Path,
    SubscriptionState State,
    DateTimeOffset Since,
    DateTimeOffset Expires,
    bool IsSessionBound,
    SubscriptionState SeenAs,
    string? Passphrase = null)
{
    /// <summary>True if a change of this path concerns the watcher; a subscription to the root means the presence bundle.</summary>
    public bool Covers(PropertyPath path) => Covers(Path, path);

    /// <inheritdoc cref="Covers(PropertyPath)"/>
    public static bool Covers(PropertyPath subscribed, PropertyPath path) =>
        subscribed.Count == 0 ? StandardPaths.IsPresence(path) : path.StartsWith(subscribed);
}
