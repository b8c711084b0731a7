namespace Presence.Cli.Options;

/// <summary>The passphrase in a URI, which is never shown (docs/protocol/addresses.md, "Passphrases in URIs").</summary>
internal static class UriSecret
{
    private const string Mark = ";pass=";

    /// <summary>The text without the value of each <c>;pass=</c>, whatever else it is.</summary>
    public static string Hide(string text)
    {
        var begin = text.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        if (begin < 0)
            return text;

        var value = begin + Mark.Length;
        var end = text.IndexOf(';', value);
        return end < 0 ? text[..value] + "…" : text[..value] + "…" + Hide(text[end..]);
    }
}
