using System.Security.Cryptography;
using System.Text;

namespace Presence.Sessions.Administration;

/// <summary>
/// The secret that administration asks for. Who can read the data folder could rewrite the accounts anyway, so a file
/// in it is as good a key as any.
/// </summary>
public sealed class AdminToken(string token)
{
    private readonly byte[] _token = Encoding.ASCII.GetBytes(token);

    /// <summary>Compares in a time that tells nothing of where the two differ.</summary>
    public bool Matches(string presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), _token);
}
