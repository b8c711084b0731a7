namespace Presence.Sessions.Administration;

/// <summary>Users of the hosted domains, for whoever holds the <see cref="AdminToken"/>; the doors only translate.</summary>
public sealed class UserAdministration(
    IUserAccounts accounts, VerifierDerivation verifiers, HostedDomains domains)
{
    /// <summary>Every user, sorted by octets.</summary>
    public async Task<IReadOnlyList<string>> List()
    {
        var lists = await Task.WhenAll(domains.All.Select(accounts.List));
        return [.. lists.SelectMany(list => list).Order(StringComparer.Ordinal)];
    }

    /// <returns>The address in its canonical form, or why there is no such account now.</returns>
    public async Task<(string Address, AdminRefusal? Refused)> Add(
        string? address, string? password, CancellationToken cancellation)
    {
        if (!NewAccount.TryRead(address, password, domains, out var account, out var why))
            return ("", AdminRefusal.Bad(why));
        await accounts.Announce([account.User]);
        var verifier = await verifiers.Derive(account.PreparedPassword, cancellation);
        var refusal = await accounts.Create(account.User, verifier);
        var canonical = account.User.ToString();
        return (canonical, refusal is null ? null : AdminRefusal.Of(refusal, canonical));
    }

    /// <summary>Null when it is done. Sessions that run go on.</summary>
    public async Task<AdminRefusal?> ChangePassword(
        string? address, string? password, CancellationToken cancellation)
    {
        if (!NewAccount.TryReadUser(address, out var user, out var why)
            || !NewAccount.TryPrepare(password, out var prepared, out why))
            return AdminRefusal.Bad(why);
        var refusal = await accounts.ChangePassword(user, await verifiers.Derive(prepared, cancellation));
        return refusal is null ? null : AdminRefusal.Of(refusal, user.ToString());
    }

    /// <summary>Null when it is done: the user's sessions have ended, and nothing is left of him.</summary>
    public async Task<AdminRefusal?> Remove(string? address)
    {
        if (!NewAccount.TryReadUser(address, out var user, out var why))
            return AdminRefusal.Bad(why);
        var refusal = await accounts.Remove(user);
        return refusal is null ? null : AdminRefusal.Of(refusal, user.ToString());
    }
}
