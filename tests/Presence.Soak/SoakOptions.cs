using System.Globalization;
using System.Net;

namespace Presence.Soak;

/// <summary>The words behind <c>presence soak</c>.</summary>
/// <param name="Clients">How many, 8 to 5000.</param>
/// <param name="Time">How long they act at random.</param>
/// <param name="Seed">Names the plan.</param>
/// <param name="Pace">Mean time between two steps of one client.</param>
/// <param name="Node">Path of Presence.Gateway.dll, which is started if there is no server.</param>
internal sealed record SoakOptions(int Clients, TimeSpan Time, ulong Seed, TimeSpan Pace, string? Node)
{
    public EndPoint? Server { get; init; }

    public string Domain { get; init; } = "localhost";

    public Uri? Administration { get; init; }

    public string? TokenFile { get; init; }

    /// <exception cref="SoakException">An argument is not understood.</exception>
    public static SoakOptions Read(IReadOnlyList<string> words)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        for (var at = 0; at < words.Count; at += 2)
        {
            if (!words[at].StartsWith("--", StringComparison.Ordinal) || at + 1 == words.Count)
                throw new SoakException($"'{words[at]}' is not understood; see --help.");
            values[words[at][2..]] = words[at + 1];
        }

        var options = new SoakOptions(
            (int)Number(values, "clients", 500, 8, 5000), TimeSpan.FromMinutes(Number(values, "minutes", 10, 0.05, 1440)),
            (ulong)Number(values, "seed", 1, 0, uint.MaxValue), TimeSpan.FromMilliseconds(Number(values, "pace", 1500, 10, 600_000)),
            Take(values, "node"))
        {
            Server = Take(values, "server") is { } server ? Place(server) : null,
            Domain = Take(values, "domain") ?? "localhost",
            Administration = Take(values, "admin") is { } admin ? new Uri(admin) : null,
            TokenFile = Take(values, "admin-token"),
        };
        if (values.Count > 0)
            throw new SoakException($"There is no option --{values.Keys.First()}; see --help.");
        if (options.Server is not null && (options.Administration is null || options.TokenFile is null))
            throw new SoakException("--server needs --admin and --admin-token, to make the users.");
        return options;
    }

    private static string? Take(Dictionary<string, string> values, string name) => values.Remove(name, out var value) ? value : null;

    private static double Number(Dictionary<string, string> values, string name, double usual, double least, double most)
    {
        if (Take(values, name) is not { } text)
            return usual;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw new SoakException($"--{name} {text}: a number from {least} to {most} is needed.");
    }

    private static EndPoint Place(string text)
    {
        if (IPEndPoint.TryParse(text, out var point) && point.Port > 0)
            return point;
        var colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new DnsEndPoint(text[..colon], port)
            : throw new SoakException($"--server {text}: HOST:PORT is needed.");
    }
}
