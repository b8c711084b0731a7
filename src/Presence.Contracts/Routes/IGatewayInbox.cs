using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Contracts.Routes;

/// <summary>
/// Where a gateway takes what is meant for one of its sessions and must be accounted for: messages, receipts, requests
/// of watchers. Presence does not come this way but on the route stream. A grain waits for the answer, so a gateway
/// that gives none within 3 s counts as gone for a moment. Orleans gives one observer object one call at a time: an implementation only
/// hands over, and never waits for a socket or a grain.
/// </summary>
[Alias("presence.gateway-inbox")]
public interface IGatewayInbox : IGrainObserver
{
    /// <summary>
    /// Hands notices to a session. True means that the session has taken them into its outbox; false that it is gone or
    /// full, and nothing was taken.
    /// </summary>
    [Alias("deliver")]
    [ResponseTimeout("00:00:03")]
    Task<bool> Deliver(string session, [Immutable] ImmutableArray<SessionNotice> notices);

    /// <summary>
    /// Whether other endpoints of the session's user take copies of what it sends. Until it is told that none does, a gateway
    /// offers every message (<see cref="Users.IUserGrain.TakeCopy"/>), which costs a call for each.
    /// </summary>
    [Alias("want-copies")]
    [ResponseTimeout("00:00:03")]
    Task WantCopies(string session, bool areWanted);

    /// <summary>
    /// Hands messages of a group to many sessions, in order; gives those that have not taken theirs. One call for all members
    /// at this gateway.
    /// </summary>
    [Alias("deliver-shared")]
    [ResponseTimeout("00:00:05")]
    Task<ImmutableArray<UntakenCopy>> DeliverShared([Immutable] ImmutableArray<SharedCopy> copies);

    /// <summary>Another session has taken over the endpoint, or the user was removed: the session ends with this reason.</summary>
    [Alias("close")]
    [ResponseTimeout("00:00:03")]
    Task Close(string session, string reason);

    /// <summary>
    /// Gives a session of this user away to another gateway: it is checked as for a resume here, then it is over here and
    /// lives in the answer. Returns at once.
    /// </summary>
    [Alias("hand-over")]
    [ResponseTimeout("00:00:03")]
    Task<HandOverAnswer> HandOver(string session, Address user, string key, long seen);
}
