using System.Globalization;

namespace Presence.Storage.Sqlite;

internal static class Etag
{
    /// <summary>No row carries it: rows count from 1.</summary>
    private const long Unknown = -1;

    public static string? Format(long? etag) => etag?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null for "no row yet"; a text that no row can carry becomes a number that no row carries.</summary>
    public static long? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var etag);
        return isNumber && Format(etag) == text ? etag : Unknown;
    }
}
