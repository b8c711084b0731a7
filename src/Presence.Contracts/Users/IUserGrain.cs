using System.Collections.Immutable;
using Orleans.Concurrency;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Contracts.Users;

/// <summary>
/// One user's node: properties, access, endpoints, inbox, and what the user watches. Key: <see cref="NodeKey"/>.
/// Refusals are values. A user grain calls its own subscription grain and never another user's grain while that could
/// wait for it, so no two grains can wait for each other.
/// </summary>
[Alias("presence.user")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Makes the node; the same again changes nothing.</summary>
    [Alias("create")]
    Task Create();

    /// <summary>Takes the node out of the world: sessions end, subscriptions end with <c>noresource</c>.</summary>
    [Alias("remove")]
    Task Remove();

    /// <summary>Binds an endpoint to a session of a gateway.</summary>
    [Alias("bind")]
    Task<BindAnswer> Bind(EndpointBinding binding);

    /// <summary>The session is over: its endpoint goes, unacknowledged messages that nobody else holds fail.</summary>
    [Alias("unbind")]
    Task Unbind(string endpoint, string session);

    [Alias("write")]
    Task<WriteAnswer> Write(WriteRequest request);

    [Alias("read")]
    Task<ReadAnswer> Read(ReadRequest request);

    /// <summary>Somebody wants to be told of changes of this node.</summary>
    [Alias("subscribe")]
    Task<SubscribeAnswer> Subscribe(SubscribeRequest request);

    /// <summary>Ends a subscription to this node; false if there was none.</summary>
    [Alias("unsubscribe")]
    Task<bool> Unsubscribe(Address watcher, string id);

    /// <summary>A watcher's gateway asks to be sent this node's changes, and is told what it may show now.</summary>
    [Alias("attach")]
    Task<ImmutableArray<AttachedSubscription>> Attach(Address watcher, string route);

    [Alias("approve")]
    Task<WriteAnswer> Approve(ApprovalRequest request);

    [Alias("deny")]
    Task<WriteAnswer> Deny(DenialRequest request);

    [Alias("watchers")]
    Task<WatchersAnswer> ListWatchers(Address asker);

    /// <summary>Notes what this user watches, so that it survives the session; refused with 431 when there is too much.</summary>
    [Alias("watch")]
    Task<Refusal?> RememberWatching(WatchedNode watched);

    /// <summary>All that this user watches and that has not run out.</summary>
    [Alias("watching")]
    Task<ImmutableArray<WatchedNode>> ListWatching();

    /// <summary>Forgets it and says what it was; null if there was no such id.</summary>
    [Alias("unwatch")]
    Task<WatchedNode?> ForgetWatching(string id);

    /// <summary>A message for this user; the answer is the acceptance.</summary>
    [Alias("receive")]
    Task<Refusal?> Receive(InstantMessage message);

    /// <summary>A session of this user has taken responsibility for these messages.</summary>
    [Alias("acknowledge")]
    Task Acknowledge(string session, ImmutableArray<MessageKey> messages);

    /// <summary>This user's client tells that a message was shown; 481 if it never came.</summary>
    [Alias("report-displayed")]
    Task<Refusal?> ReportDisplayed(MessageKey message, Disposition disposition);

    /// <summary>
    /// A receipt for a message that this user sent. Interleaves: it only hands over to sessions, and two users
    /// acknowledging each other's messages at once must not wait for each other.
    /// </summary>
    [Alias("take-receipt")]
    [AlwaysInterleave]
    Task TakeReceipt(Receipt receipt);
}
