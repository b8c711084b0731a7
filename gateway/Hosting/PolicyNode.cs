using Presence.Grains;
using SessionOptions = Presence.Sessions.SessionOptions;

namespace Presence.Gateway.Hosting;

/// <summary>What users may know of the rules they live under, as properties of their domain's node.</summary>
internal static class PolicyNode
{
    public static IEnumerable<KeyValuePair<string, string>> Of(AccessOptions access, SessionOptions sessions) =>
    [
        new("policy/profile", Lower(access.Profile)),
        new("policy/enumeration", access.ToPolicy().IsOpen ? "open" : "closed"),
        new("policy/anonymous", sessions.Anonymous ? "yes" : "no"),
        new("policy/queries", access.MaxQueries == 0 ? "none" : access.QueryCountsOnly ? "counts" : "kept"),
        new("policy/queries-days", ((long)access.QueryRetention.TotalDays).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        .. Lines("policy/ceiling", access.Ceiling),
        .. Lines("policy/floor", access.Floor),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Lines(string path, IEnumerable<string> lines) =>
        lines.Select((line, index) => KeyValuePair.Create($"{path}/{index}", line));

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();
}
