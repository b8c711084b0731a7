using System.Globalization;

namespace Presence.Protocol.Sasl;

/// <summary>
/// <c>server-first-message = "r=" c-nonce s-nonce ",s=" base64 ",i=" posit-number ["," extensions]</c>, here with the
/// extensions h and t that guard against downgrades.
/// </summary>
internal sealed record ServerFirstMessage(
    string Text, string Nonce, byte[] Salt, int Iterations, string? OfferHash, string? TlsVersion)
{
    public static ServerFirstMessage Write(
        string nonce, byte[] salt, int iterations, string? offerHash, string? tlsVersion)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"r={nonce},s={Convert.ToBase64String(salt)},i={iterations}");
        if (offerHash is not null)
            text += ",h=" + offerHash;
        if (tlsVersion is not null)
            text += ",t=" + tlsVersion;
        return new ServerFirstMessage(text, nonce, salt, iterations, offerHash, tlsVersion);
    }

    public static SaslOutcome.Failure? Read(string text, out ServerFirstMessage? message)
    {
        message = null;
        if (ScramText.ReadAttributes(text, out var attributes) is { } noAttributes)
            return noAttributes;
        if (attributes is [{ Name: 'e' } error, ..])
            return new(SaslFailure.ServerRefused, $"the server refused: {error.Value}");
        if (attributes is not [{ Name: 'r' } nonce, { Name: 's' } salt, { Name: 'i' } iterations, ..])
            return ScramText.Malformed("server-first has no nonce, salt and iteration count");
        if (!ScramNonce.IsNonce(nonce.Value, 2 * ScramNonce.MaxLength))
            return ScramText.Malformed("the nonce is not printable or too long");
        if (!ScramText.TryDecodeBase64(salt.Value, out var saltOctets))
            return ScramText.Malformed("the salt is not base64");
        if (iterations.Value[0] == '0'
            || !int.TryParse(iterations.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return ScramText.Malformed("the iteration count is not a positive number");
        message = new ServerFirstMessage(
            text, nonce.Value, saltOctets, count, ValueOf(attributes, 'h'), ValueOf(attributes, 't'));
        return null;
    }

    private static string? ValueOf(ScramAttribute[] attributes, char name) =>
        Array.Find(attributes, a => a.Name == name).Value;
}
