using Presence.Model.Addresses;

namespace Presence.Sessions.Transport;

/// <summary>For transports whose calls bring a password: the check of AUTH PLAIN, slowed down by failures as that one is.</summary>
public interface IPasswordCheck
{
    /// <param name="name">Local part of a user of the first hosted domain, or a whole address of any of them.</param>
    /// <param name="password">As typed.</param>
    /// <param name="remote">Address and port of the other side.</param>
    /// <returns>The user, or null for a wrong password and an unknown user alike.</returns>
    Task<Address?> Check(string name, string password, string remote);
}
