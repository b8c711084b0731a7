using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Presence.Protocol.Sasl;

/// <summary>
/// The one message of OAUTHBEARER (RFC 7628 section 3.1): a GS2 header, then <c>key=value</c> pairs, of which
/// <c>auth=Bearer …</c> carries the token; U+0001 stands before and after each pair and at the end.
/// </summary>
/// <param name="AuthorizationIdentity">Whom to act as; null means the account that the token stands for.</param>
/// <param name="Token">As the issuer gave it, 1–8 192 characters.</param>
public sealed record OAuthBearerMessage(string? AuthorizationIdentity, string Token)
{
    /// <summary>Octets of the whole message that are looked at.</summary>
    public const int MaxOctets = MaxToken + 2048;

    private const int MaxToken = 8 * 1024;
    private const char Separator = '\u0001';
    private const string Credentials = "auth=";
    private const string Scheme = "Bearer ";

    /// <summary>
    /// What a refusal tells programs (RFC 7628 section 3.2.2): the same for every token, whatever is wrong with it.
    /// </summary>
    public static ReadOnlySpan<byte> InvalidToken => "{\"status\":\"invalid_token\"}"u8;

    /// <summary>False unless it has the form of RFC 7628, without channel binding, and a token.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, [NotNullWhen(true)] out OAuthBearerMessage? parsed)
    {
        parsed = null;
        if (message.Length > MaxOctets || !Utf8.IsValid(message))
            return false;

        var text = Encoding.UTF8.GetString(message);
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        if (end < 0 || end + 3 > text.Length || !text.EndsWith($"{Separator}{Separator}", StringComparison.Ordinal)
            || Gs2Header.Read(text[..end], out var header) is not null || header.Text.Length != end
            || header.Flag == 'p')
            return false;

        var pairs = text[(end + 1)..^2].Split(Separator);
        var credentials = pairs.Where(pair => pair.StartsWith(Credentials, StringComparison.Ordinal)).ToList();
        if (!pairs.All(IsPair) || credentials is not [{ } only] || TokenOf(only[Credentials.Length..]) is not { } token)
            return false;

        parsed = new OAuthBearerMessage(header.AuthorizationIdentity, token);
        return true;
    }

    /// <summary>Leaves the token out: it must not reach a log by way of a formatted record.</summary>
    public override string ToString() => $"OAuthBearerMessage({AuthorizationIdentity})";

    public byte[] ToOctets() => Encoding.UTF8.GetBytes(
        $"{Gs2Header.Write('n', null, AuthorizationIdentity).Text}{Separator}{Credentials}{Scheme}{Token}{Separator}{Separator}");

    private static string? TokenOf(string credentials) =>
        credentials.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && credentials[Scheme.Length..].Trim(' ') is { Length: > 0 and <= MaxToken } token
            ? token
            : null;

    private static bool IsPair(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && pair[..equals].All(char.IsAsciiLetter);
    }
}
