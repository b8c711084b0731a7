using System.Collections.Immutable;
using Presence.Contracts.Routes;

namespace Presence.Contracts.Nearby;

/// <summary>
/// <see cref="IGatewayInbox"/> for grains in the gateway's own process: the same answers without a call between actors. Used from any
/// thread; never waits.
/// </summary>
public interface INearInbox
{
    /// <summary>True if the session has taken it into its outbox; false that it is gone or full, and nothing was taken.</summary>
    bool Take(string session, SessionNotice notice);

    /// <summary>One message of a group for each of its sessions; gives those that have not taken theirs.</summary>
    ImmutableArray<UntakenCopy> Take(ImmutableArray<SharedCopy> copies);

    /// <summary>
    /// A batch of the gateway's route, for the gateway to deliver in the order in which they come; false if it was not taken, since
    /// too many wait or the gateway is going.
    /// </summary>
    bool Take(RouteBatch batch);
}
