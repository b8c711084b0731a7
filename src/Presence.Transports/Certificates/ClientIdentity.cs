using Presence.Model.Addresses;

namespace Presence.Transports.Certificates;

/// <summary>Whom the certificate of a client stands for.</summary>
/// <param name="Names">Empty if it is not accepted.</param>
internal sealed record ClientIdentity(IReadOnlyList<Address> Names)
{
    public static readonly ClientIdentity Nobody = new([]);
}
