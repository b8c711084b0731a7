using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Sessions.Transport;

namespace Presence.Transports.Tokens;

/// <summary>Checks bearer tokens: signature, issuer, audience and times, by the presence clock.</summary>
internal sealed class TokenCheck(
    IOptions<TokenSettings> settings, TokenKeys keys, ICallerAccounts accounts, PresenceClock clock) : IBearerTokens
{
    /// <summary>Longest token that is looked at, in characters.</summary>
    private const int MaxToken = 8 * 1024;

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    public bool AreTaken => settings.Value.Keys is not null;

    public async Task<Address?> Check(string token)
    {
        if (settings.Value.Keys is null || token.Length > MaxToken || !Handler.CanReadToken(token)
            || KeyOf(token) is not { } key)
            return null;
        var result = await Handler.ValidateTokenAsync(token, Rules(await keys.For(key)));
        return result.IsValid && result.Claims.TryGetValue(settings.Value.UserClaim, out var name)
            && name is string { Length: > 0 } text
            ? await accounts.Find(text)
            : null;
    }

    /// <summary>Name of the key; empty if the token does not say; null if it is no token.</summary>
    private static string? KeyOf(string token)
    {
        try
        {
            return new JsonWebToken(token).Kid ?? "";
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private TokenValidationParameters Rules(IReadOnlyList<SecurityKey> known) => new()
    {
        ValidIssuers = settings.Value.Issuers,
        ValidAudiences = settings.Value.Audiences,
        ValidAlgorithms = settings.Value.Algorithms is { Count: > 0 } some ? some : TokenSettings.DefaultAlgorithms,
        IssuerSigningKeys = known,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (from, until, _, _) => IsNow(from, until),
    };

    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = clock.Now.UtcDateTime;
        var skew = settings.Value.ClockSkew;
        return until is { } end && now < end + skew && (from is not { } begin || begin - skew <= now);
    }
}
