using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Presence.Transports.Grpc;

/// <summary>Where a stream goes on: what RESUME needs, in one text that clients do not look into.</summary>
/// <param name="Session">Name of the session.</param>
/// <param name="Key">What resumes it. A secret.</param>
/// <param name="Seen">Number of the last event processed.</param>
internal sealed record StreamCursor(string Session, string Key, long Seen)
{
    private const int MaxText = 512;

    /// <summary>Null for what is no cursor of ours.</summary>
    public static StreamCursor? Parse(string text)
    {
        if (text.Length is 0 or > MaxText || !Base64Url.IsValid(text))
            return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
        return parts.Length == 3
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new StreamCursor(parts[0], parts[1], seen)
            : null;
    }

    public string ToText() => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Session} {Key} {Seen}")));
}
