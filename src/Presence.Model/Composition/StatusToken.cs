namespace Presence.Model.Composition;

/// <summary>
/// Words of the property <c>status</c>. A token outside the list counts as <c>online</c>; only <c>offline</c> means
/// unreachable (docs/protocol/properties.md).
/// </summary>
public static class StatusToken
{
    public const string Offline = "offline";
    public const string Online = "online";

    /// <summary>Messages come silently, invitations do not ring.</summary>
    public const string DoNotDisturb = "dnd";

    private static readonly string[] MostAvailableFirst = ["chat", "online", "busy", DoNotDisturb, "away", "xa"];

    public static bool IsOffline(string? token) => token is null or Offline;

    /// <summary>Availability rank, 0 (most available) to 5; unknown tokens rank as <c>online</c>.</summary>
    public static int Rank(string token) =>
        Array.IndexOf(MostAvailableFirst, token) is var rank and >= 0 ? rank : Rank(Online);

    /// <summary>A token is 1–64 letters, digits, <c>- _ .</c>; anything else is refused with 400.</summary>
    public static bool IsWellFormed(string token) =>
        token.Length is > 0 and <= 64 && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
