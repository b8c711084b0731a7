namespace Presence.Transports.Tokens;

/// <summary>
/// Which bearer tokens (JWT, RFC 7519, signed as RFC 7515 says) let calls in. Without <see cref="Keys"/> none does.
/// Configuration section <c>Presence:Tokens</c>.
/// </summary>
public sealed class TokenSettings
{
    public const string Section = "Presence:Tokens";

    /// <summary>What is taken when nothing is said.</summary>
    public static readonly IReadOnlyList<string> DefaultAlgorithms = ["RS256", "ES256", "PS256"];

    /// <summary>
    /// The issuers' public keys as a JSON Web Key Set (RFC 7517): path of a file, or a URL, https unless it is on this machine.
    /// Default none. Read again when a token names a key that is not there, once a minute at most, and every hour. While they
    /// cannot be read, those known hold.
    /// </summary>
    public string? Keys { get; init; }

    /// <summary>Values of <c>iss</c> that are taken; at least one where there are keys.</summary>
    public IReadOnlyList<string> Issuers { get; init; } = [];

    /// <summary>Values of <c>aud</c> of which a token must have one; at least one where there are keys.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>
    /// Signature algorithms that are taken. Default RS256, ES256 and PS256. Those of shared secrets and <c>none</c> are no choice.
    /// </summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [];

    /// <summary>By how much clocks may differ: 0–5 min, default 30 s.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The claim that names the user, by local part or address. Default <c>sub</c>.</summary>
    public string UserClaim { get; init; } = "sub";

    /// <summary>True for an https URL and for an http URL of this machine; all else is taken for a path.</summary>
    public static bool IsUrl(string keys) => Uri.TryCreate(keys, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
