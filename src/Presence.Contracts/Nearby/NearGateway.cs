using Presence.Contracts.Routes;

namespace Presence.Contracts.Nearby;

/// <summary>
/// The gateway in the same process as the silo, if there is one: grains hand over to it directly, which saves a call and its answer
/// for each message (docs/decisions/0067), and the way through the stream for each batch of its route (0089). Used from any thread.
/// </summary>
public sealed class NearGateway
{
    private volatile Known? _known;

    /// <param name="route">Its route.</param>
    /// <param name="reference">How grains in other processes reach its inbox.</param>
    /// <param name="inbox">The inbox itself.</param>
    public void Join(string route, IGatewayInbox reference, INearInbox inbox) => _known = new Known(route, reference, inbox);

    public void Leave() => _known = null;

    /// <summary>The inbox behind this reference; null if it is in another process.</summary>
    public INearInbox? At(IGatewayInbox reference) =>
        _known is { } known && (ReferenceEquals(reference, known.Reference) || reference.Equals(known.Reference))
            ? known.Inbox
            : null;

    /// <summary>The inbox at the end of this route; null if it is in another process.</summary>
    public INearInbox? On(string route) => _known is { } known && route == known.Route ? known.Inbox : null;

    private sealed record Known(string Route, IGatewayInbox Reference, INearInbox Inbox);
}
