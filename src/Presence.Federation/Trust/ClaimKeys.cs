using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Presence.Model.Addresses;

namespace Presence.Federation.Trust;

/// <summary>
/// Keys of CLAIM: only a node of the cluster that claims a domain can make one, and every node of it can verify it without
/// having been told (docs/protocol/federation.md, "Authentication between domains").
/// </summary>
/// <param name="secret">Known to all nodes of the cluster and to nobody else; at least 16 octets.</param>
/// <param name="time">The clock.</param>
public sealed class ClaimKeys(ReadOnlyMemory<byte> secret, TimeProvider time)
{
    /// <summary>A key is good in the minute of its making and the two after it.</summary>
    public const long LifeMinutes = 2;

    private const int KeyOctets = 18;

    /// <summary>The key to claim a domain with.</summary>
    /// <param name="accepting">Domain of the server that is to believe it.</param>
    /// <param name="session">Its name for the session (<c>sid</c>) on which the claim is made.</param>
    /// <param name="claimed">The domain claimed.</param>
    public string Make(Domain accepting, string session, Domain claimed) => Of(accepting, session, claimed, Minute);

    /// <summary>The answer to VERIFY: was this key made here, for this domain and session, within the last minutes?</summary>
    public bool Verify(string key, Domain accepting, string session, Domain claimed)
    {
        ArgumentNullException.ThrowIfNull(key);
        var dot = key.LastIndexOf('.');
        if (dot < 0 || !long.TryParse(key.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var minute))
            return false;
        var age = Minute - minute;
        return age is >= 0 and <= LifeMinutes && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Of(accepting, session, claimed, minute)), Encoding.UTF8.GetBytes(key));
    }

    private long Minute => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    private string Of(Domain accepting, string session, Domain claimed, long minute)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"PIP/1 claim\0{accepting}\0{session}\0{claimed}\0{minute}");
        var octets = HMACSHA256.HashData(secret.Span, Encoding.UTF8.GetBytes(text));
        return string.Create(
            CultureInfo.InvariantCulture, $"{Base64Url.EncodeToString(octets.AsSpan(0, KeyOctets))}.{minute}");
    }
}
