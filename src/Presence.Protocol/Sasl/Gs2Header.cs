namespace Presence.Protocol.Sasl;

/// <summary>
/// <c>gs2-header = ("n" / "y" / "p=" cb-name) "," ["a=" saslname] ","</c>: what the client can do about channel
/// bindings, and whom it wants to act as.
/// </summary>
/// <param name="Text">The header as sent, both commas included, for the attribute c.</param>
/// <param name="Flag">n: cannot bind; y: could, but believes the server cannot; p: binds.</param>
/// <param name="BindingType">Set with flag p.</param>
/// <param name="AuthorizationIdentity">Null if absent.</param>
internal sealed record Gs2Header(string Text, char Flag, string? BindingType, string? AuthorizationIdentity)
{
    public static Gs2Header Write(char flag, string? bindingType, string? authorizationIdentity)
    {
        var binding = flag == 'p' ? $"p={bindingType}" : flag.ToString();
        var authzid = authorizationIdentity is null ? "" : "a=" + SaslName.Escape(authorizationIdentity);
        return new Gs2Header($"{binding},{authzid},", flag, bindingType, authorizationIdentity);
    }

    public static SaslOutcome.Failure? Read(string message, out Gs2Header header)
    {
        header = Write('n', null, null);
        var first = message.IndexOf(',', StringComparison.Ordinal);
        var second = first < 0 ? -1 : message.IndexOf(',', first + 1);
        if (second < 0)
            return ScramText.Malformed("no GS2 header");
        if (!TryReadFlag(message[..first], out var flag, out var bindingType))
            return ScramText.Malformed("the channel-binding flag is not n, y or p=type");

        string? authzid = null;
        var authzidField = message[(first + 1)..second];
        if (authzidField.Length > 0)
        {
            if (!authzidField.StartsWith("a=", StringComparison.Ordinal)
                || !SaslName.TryUnescape(authzidField[2..], out authzid))
                return ScramText.Malformed("the authorization identity is not a=name");
        }

        header = new Gs2Header(message[..(second + 1)], flag, bindingType, authzid);
        return null;
    }

    private static bool TryReadFlag(string field, out char flag, out string? bindingType)
    {
        flag = field.Length == 0 ? '\0' : field[0];
        bindingType = null;
        if (field is "n" or "y")
            return true;
        bindingType = field.StartsWith("p=", StringComparison.Ordinal) ? field[2..] : null;
        return bindingType is { Length: > 0 };
    }
}
