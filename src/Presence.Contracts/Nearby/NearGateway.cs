using Presence.Contracts.Routes;

namespace Presence.Contracts.Nearby;

/// <summary>
/// The gateway in the same process as the silo, if there is one: grains hand over to it directly, which saves a call and its answer
/// for each message (docs/decisions/0067). Used from any thread.
/// </summary>
public sealed class NearGateway
{
    private volatile Known? _known;

    public void Join(IGatewayInbox reference, INearInbox inbox) => _known = new Known(reference, inbox);

    public void Leave() => _known = null;

    /// <summary>The inbox behind this reference; null if it is in another process.</summary>
    public INearInbox? At(IGatewayInbox reference) =>
        _known is { } known && (ReferenceEquals(reference, known.Reference) || reference.Equals(known.Reference))
            ? known.Inbox
            : null;

    private sealed record Known(IGatewayInbox Reference, INearInbox Inbox);
}
