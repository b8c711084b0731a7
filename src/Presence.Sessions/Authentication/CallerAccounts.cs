using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Protocol.Sasl;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Authentication;

internal sealed class CallerAccounts(
    IGrainFactory grains, Credentials credentials, FailedLogins failed, HostedDomains domains) : ICallerAccounts
{
    public async Task<Address?> CheckPassword(string name, string password, string remote)
    {
        await failed.Delay(name, remote);
        var user = await credentials.Check(new PlainMessage("", name, password), DomainOf(name));
        if (user is null)
            failed.Count(name, remote);
        else
            failed.Forget(name, remote);
        return user;
    }

    public async Task<Address?> Find(string name) =>
        SaslDialogue.UserOf(name, DomainOf(name)) is { } user
            && await grains.GetAccount(user).GetVerifier() is not null
            ? user
            : null;

    /// <summary>A name of a domain that is not here is looked up like any other, and not found.</summary>
    private Domain DomainOf(string name) =>
        Address.TryParse(name, out var address, out _) && domains.Contains(address.Domain)
            ? address.Domain
            : domains.All[0];
}
