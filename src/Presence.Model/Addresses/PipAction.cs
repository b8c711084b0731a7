namespace Presence.Model.Addresses;

/// <summary>
/// The action of a pip: URI: advice to the client, never carried out without the user's consent when the URI comes
/// from outside the application. Source: docs/protocol, sections 2.4 part 4 and 3.1.
/// </summary>
public static class PipAction
{
    public const string Query = "query";
    public const string Subscribe = "subscribe";
    public const string Send = "send";
    public const string Join = "join";
    public const string Invite = "invite";
    public const string Find = "find";

    private const string ExtensionPrefix = "x-";

    /// <summary>Answers the action in lower case, or null if it is neither known nor an <c>x-</c> action.</summary>
    internal static string? Read(ReadOnlySpan<char> text)
    {
        if (text.StartsWith(ExtensionPrefix)) return IsExtension(text) ? text.ToString() : null;
        foreach (var known in (ReadOnlySpan<string>)[Query, Subscribe, Send, Join, Invite, Find])
            if (text.Equals(known, StringComparison.OrdinalIgnoreCase))
                return known;
        return null;
    }

    private static bool IsExtension(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        return text.Length > ExtensionPrefix.Length;
    }
}
