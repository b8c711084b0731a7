using Presence.Transports.Tokens;

namespace Presence.Gateway.Options;

/// <summary>Keys of bearer tokens.</summary>
internal static class TokenOptionKeys
{
    private static readonly string[] Algorithms =
        ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512"];

    private static readonly TokenSettings Tokens = new();

    public static readonly OptionKey[] All =
    [
        new($"{TokenSettings.Section}:{nameof(Tokens.Keys)}", "", OptionRules.Path,
            "JWKS of the issuers: a file, or an https URL (http on this machine). None: no token is taken."),
        new($"{TokenSettings.Section}:{nameof(Tokens.Issuers)}:#", "", OptionRules.Text, "Values of iss that are taken."),
        new($"{TokenSettings.Section}:{nameof(Tokens.Audiences)}:#", "", OptionRules.Text,
            "Values of aud, of which a token must have one."),
        new($"{TokenSettings.Section}:{nameof(Tokens.Algorithms)}:#", "", OptionRules.OneOf(Algorithms),
            $"Signature algorithms that are taken. None: {string.Join(", ", TokenSettings.DefaultAlgorithms)}."),
        new($"{TokenSettings.Section}:{nameof(Tokens.ClockSkew)}", Tokens.ClockSkew.ToString("c"),
            OptionRules.Duration(TimeSpan.Zero, TimeSpan.FromMinutes(5)), "By how much clocks may differ."),
        new($"{TokenSettings.Section}:{nameof(Tokens.UserClaim)}", Tokens.UserClaim, OptionRules.Text,
            "Claim that names the user."),
    ];
}
