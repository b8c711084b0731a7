using Presence.Model.Addresses;
using Presence.Protocol.Sasl;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Authentication;

internal sealed class PasswordCheck(Credentials credentials, FailedLogins failed, HostedDomains domains) : IPasswordCheck
{
    public async Task<Address?> Check(string name, string password, string remote)
    {
        await failed.Delay(name, remote);
        var user = await credentials.Check(new PlainMessage("", name, password), DomainOf(name));
        if (user is null)
            failed.Count(name, remote);
        else
            failed.Forget(name, remote);
        return user;
    }

    /// <summary>A name of a domain that is not here is looked up like any other, and not found.</summary>
    private Domain DomainOf(string name) =>
        Address.TryParse(name, out var address, out _) && domains.Contains(address.Domain)
            ? address.Domain
            : domains.All[0];
}
