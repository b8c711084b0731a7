using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Contracts.Nearby;

/// <summary>
/// What a gateway may ask of user grains in its own process without a call between actors (docs/decisions/0067). What is done here
/// is done as the grain would do it; whatever is not plain is left to the grain. Used from any thread; never waits.
/// </summary>
public interface IUserDesks
{
    /// <summary>As <see cref="IUserGrain.Receive"/>; null if the grain must be asked, and then nothing has happened.</summary>
    SendAnswer? TryReceive(Address user, InstantMessage message);

    /// <summary>
    /// As <see cref="IUserGrain.Acknowledge"/>: true if all are settled. False if the grain must be told of all of them, which
    /// does no harm to those that are settled.
    /// </summary>
    bool TryAcknowledge(Address user, string session, IReadOnlyList<MarkedKey> messages);
}
