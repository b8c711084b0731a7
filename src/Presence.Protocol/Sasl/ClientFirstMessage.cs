namespace Presence.Protocol.Sasl;

/// <summary><c>client-first-message = gs2-header "n=" saslname "," "r=" c-nonce ["," extensions]</c>.</summary>
internal sealed record ClientFirstMessage(Gs2Header Header, string Bare, string Username, string Nonce)
{
    public string Text => Header.Text + Bare;

    public static ClientFirstMessage Write(Gs2Header header, string username, string nonce) =>
        new(header, $"n={SaslName.Escape(username)},r={nonce}", username, nonce);

    public static SaslOutcome.Failure? Read(string text, out ClientFirstMessage? message)
    {
        message = null;
        if (Gs2Header.Read(text, out var header) is { } noHeader)
            return noHeader;
        var bare = text[header.Text.Length..];
        if (ScramText.ReadAttributes(bare, out var attributes) is { } noAttributes)
            return noAttributes;
        if (attributes is not [{ Name: 'n' } name, { Name: 'r' } nonce, ..])
            return ScramText.Malformed("client-first has no name and nonce");
        if (!SaslName.TryUnescape(name.Value, out var username))
            return ScramText.Malformed("the name is badly escaped or too long");
        if (!ScramNonce.IsNonce(nonce.Value))
            return ScramText.Malformed("the nonce is not printable or too long");
        message = new ClientFirstMessage(header, bare, username, nonce.Value);
        return null;
    }
}
