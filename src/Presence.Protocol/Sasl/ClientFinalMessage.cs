using Presence.Model.Accounts;

namespace Presence.Protocol.Sasl;

/// <summary>
/// <c>client-final-message = "c=" base64 ",r=" nonce ["," extensions] ",p=" base64</c>. The proof covers all before it.
/// </summary>
internal sealed record ClientFinalMessage(string WithoutProof, string Binding, string Nonce, byte[] Proof)
{
    public string Text => $"{WithoutProof},p={Convert.ToBase64String(Proof)}";

    /// <summary>Value of the attribute c: the GS2 header as sent, with flag p followed by the binding's data.</summary>
    public static string BindingValue(Gs2Header header, ChannelBinding? binding)
    {
        var data = header.Flag == 'p' && binding is not null ? binding.Data.Span : default;
        return Convert.ToBase64String([.. ScramText.Encode(header.Text), .. data]);
    }

    public static string WriteWithoutProof(string binding, string nonce) => $"c={binding},r={nonce}";

    public static SaslOutcome.Failure? Read(string text, out ClientFinalMessage? message)
    {
        message = null;
        if (ScramText.ReadAttributes(text, out var attributes) is { } noAttributes)
            return noAttributes;
        if (attributes is not [{ Name: 'c' } binding, { Name: 'r' } nonce, .., { Name: 'p' } proof])
            return ScramText.Malformed("client-final has no channel binding, nonce and proof");
        if (!ScramText.TryDecodeBase64(proof.Value, out var octets) || octets.Length != ScramKeys.KeyLength)
            return ScramText.Malformed("the proof is not base64 of 32 octets");
        var withoutProof = text[..^(proof.Value.Length + ",p=".Length)];
        message = new ClientFinalMessage(withoutProof, binding.Value, nonce.Value, octets);
        return null;
    }
}
