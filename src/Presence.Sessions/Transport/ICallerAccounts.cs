using Presence.Model.Addresses;

namespace Presence.Sessions.Transport;

/// <summary>
/// For transports whose calls bring credentials. A name is the local part of a user of the first hosted domain, or the whole
/// address of a user of any of them.
/// </summary>
public interface ICallerAccounts
{
    /// <summary>The check of AUTH PLAIN, slowed down by failures as that one is.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="remote">Address and port of the other side.</param>
    /// <returns>The user, or null for a wrong password and an unknown user alike.</returns>
    Task<Address?> CheckPassword(string name, string password, string remote);

    /// <summary>The user whom somebody else has authenticated by this name; null if there is no such account.</summary>
    Task<Address?> Find(string name);
}
