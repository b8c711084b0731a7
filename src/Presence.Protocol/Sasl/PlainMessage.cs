using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Presence.Protocol.Sasl;

/// <summary>The one message of PLAIN: <c>[authzid] NUL authcid NUL passwd</c> (RFC 4616 section 2).</summary>
/// <param name="AuthorizationIdentity">
/// Whom to act as; empty means the account itself. The caller refuses anybody else.
/// </param>
/// <param name="AuthenticationIdentity">The account, as given: 1–512 octets of UTF-8.</param>
/// <param name="Password">Not yet prepared, 1–3 072 octets of UTF-8.</param>
public sealed record PlainMessage(string AuthorizationIdentity, string AuthenticationIdentity, string Password)
{
    // 1024 UTF-16 units, the longest password, need at most three octets each.
    private const int MaxPassword = 3 * 1024;

    /// <summary>False unless there are exactly two NULs, valid UTF-8 and all lengths within their limits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, [NotNullWhen(true)] out PlainMessage? parsed)
    {
        parsed = null;
        if (message.Length > (2 * SaslName.MaxOctets) + MaxPassword + 2 || !Utf8.IsValid(message))
            return false;
        Span<Range> parts = stackalloc Range[4];
        if (!TrySplit(message, parts))
            return false;
        var authzid = message[parts[0]];
        var authcid = message[parts[1]];
        var password = message[parts[2]];
        if (authzid.Length > SaslName.MaxOctets
            || authcid.Length is 0 or > SaslName.MaxOctets
            || password.Length is 0 or > MaxPassword)
            return false;
        parsed = new PlainMessage(
            Encoding.UTF8.GetString(authzid), Encoding.UTF8.GetString(authcid), Encoding.UTF8.GetString(password));
        return true;
    }

    public byte[] ToOctets() =>
        Encoding.UTF8.GetBytes($"{AuthorizationIdentity}\0{AuthenticationIdentity}\0{Password}");

    /// <summary>Leaves the password out: it must not reach a log by way of a formatted record.</summary>
    public override string ToString() => $"PlainMessage({AuthenticationIdentity})";

    private static bool TrySplit(ReadOnlySpan<byte> message, Span<Range> parts)
    {
        var count = 0;
        foreach (var part in message.Split((byte)0))
        {
            if (count == 3)
                return false;
            parts[count++] = part;
        }

        return count == 3;
    }
}
