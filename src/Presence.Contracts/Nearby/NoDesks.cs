using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Contracts.Nearby;

/// <summary>For a gateway whose silos are other processes: grains are asked for everything.</summary>
public sealed class NoDesks : IUserDesks
{
    public SendAnswer? TryReceive(Address user, InstantMessage message) => null;

    public bool TryAcknowledge(Address user, string session, IReadOnlyList<MarkedKey> messages) => false;
}
