using System.Text;
using System.Text.Unicode;
using Presence.Model.Addresses;
using Presence.Protocol.Sasl;
using Presence.Sessions.Connections;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Authentication;

/// <summary>
/// Logins without a password: somebody else vouches for the user, by a certificate under TLS or by a token. Null for whatever
/// is wrong; which part it was nobody is told.
/// </summary>
internal sealed class VouchedLogins(ICallerAccounts accounts, IBearerTokens? tokens = null)
{
    /// <summary>EXTERNAL (RFC 4422, appendix A): the message names the user, or is empty if the certificate names one.</summary>
    public async Task<Address?> External(Session session, ReadOnlyMemory<byte> message)
    {
        if (!Utf8.IsValid(message.Span))
            return null;
        var wanted = Encoding.UTF8.GetString(message.Span);
        var here = (session.Transport.Tls?.ClientNames ?? [])
            .Where(name => name.Domain.Equals(session.Domain)
                && (wanted.Length == 0 || name.Equals(SaslDialogue.UserOf(wanted, session.Domain))))
            .ToList();
        return here is [var only] ? await accounts.Find(only.ToString()) : null;
    }

    /// <summary>OAUTHBEARER (RFC 7628). The token must be for a user of the domain agreed on.</summary>
    public async Task<Address?> Bearer(Session session, ReadOnlyMemory<byte> message)
    {
        if (tokens is null || !OAuthBearerMessage.TryParse(message.Span, out var bearer)
            || await tokens.Check(bearer.Token) is not { } user || !user.Domain.Equals(session.Domain))
            return null;
        var isSelf = string.IsNullOrEmpty(bearer.AuthorizationIdentity)
            || user.Equals(SaslDialogue.UserOf(bearer.AuthorizationIdentity, session.Domain));
        return isSelf ? user : null;
    }
}
