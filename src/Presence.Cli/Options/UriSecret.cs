namespace Presence.Cli.Options;

/// <summary>A passphrase in a URI, which is never shown (docs/protocol/addresses.md, "Passphrases in URIs").</summary>
internal static class UriSecret
{
    private const string Name = "pass=";
    private const StringComparison Insensitive = StringComparison.OrdinalIgnoreCase;

    /// <summary>
    /// The text up to a passphrase, whatever else it is. What stands behind is hidden too: a mistyped passphrase may
    /// hold any character.
    /// </summary>
    public static string Hide(string text)
    {
        for (var index = 1; index < text.Length; index++)
        {
            if (text[index - 1] is ';' or '?' or '&'
                && text.AsSpan(index).StartsWith(Name, Insensitive))
                return text[..(index + Name.Length)] + "…";
        }

        return text;
    }
}
