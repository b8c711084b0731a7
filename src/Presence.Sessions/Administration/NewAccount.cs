using Presence.Model.Accounts;
using Presence.Model.Addresses;

namespace Presence.Sessions.Administration;

/// <summary>An account that may be made: the address is a user of a hosted domain, the password is prepared.</summary>
public readonly record struct NewAccount(Address User, string PreparedPassword)
{
    /// <summary>False with a sentence for people, which never repeats the password.</summary>
    public static bool TryRead(
        string? address, string? password, HostedDomains domains, out NewAccount account, out string why)
    {
        account = default;
        if (!TryReadUser(address, out var user, out why) || !MayExist(user, domains, out why))
            return false;
        if (!TryPrepare(password, out var prepared, out why))
            return false;
        account = new NewAccount(user, prepared);
        return true;
    }

    /// <summary>Reads the address of a user, hosted or not.</summary>
    public static bool TryReadUser(string? address, out Address user, out string why)
    {
        if (!Address.TryParse(address, out user, out var fault))
            why = fault.Sentence;
        else
            why = user.IsDomain ? "The address names a domain and no user." : "";
        return why.Length == 0;
    }

    public static bool TryPrepare(string? password, out string prepared, out string why)
    {
        prepared = "";
        if (password is null)
            why = "The password is missing.";
        else if (!PasswordPreparation.TryPrepareNew(password, out prepared, out var clause))
            why = $"{char.ToUpperInvariant(clause[0])}{clause[1..]}.";
        else
            why = "";
        return why.Length == 0;
    }

    /// <summary>The address only: the password must not reach a log by way of a formatted record.</summary>
    public override string ToString() => User.ToString();

    private static bool MayExist(Address user, HostedDomains domains, out string why)
    {
        if (!domains.Contains(user.Domain))
            why = $"The domain {user.Domain} is not hosted here.";
        else
            why = ReservedNames.Contains(user.Local) ? $"The name {user.Local} is reserved." : "";
        return why.Length == 0;
    }
}
