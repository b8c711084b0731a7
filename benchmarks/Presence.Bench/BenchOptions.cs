using System.Globalization;
using Presence.Bench.Links;

namespace Presence.Bench;

/// <summary><c>--name value</c> and <c>--flag</c>, each known and each once.</summary>
internal sealed class BenchOptions
{
    private static readonly string[] Flags = ["start", "receipts", "peers", "tls", "ws", "grpc", "heats", "help"];

    private static readonly string[] Valued =
    [
        "server", "domain", "admin", "token", "node", "server-core", "server-pid", "core", "json", "presentities",
        "watchers", "changes", "rate", "seconds", "pairs", "messages", "window", "connections", "logins", "owners",
        "patience", "drop", "double", "of", "port", "flooders", "flood", "rounds", "factor", "peer", "members",
        "authors", "users", "contacts", "minutes", "beside", "only", "warm-up", "together",
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="BenchException">An argument is not understood.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> args)
    {
        var options = new BenchOptions();
        for (var at = 0; at < args.Count; at++)
        {
            var name = args[at].StartsWith("--", StringComparison.Ordinal) ? args[at][2..] : "";
            var isFlag = Flags.Contains(name, StringComparer.Ordinal);
            if (!isFlag && !Valued.Contains(name, StringComparer.Ordinal))
                throw new BenchException($"The argument '{args[at]}' is not understood; see presence bench --help.");
            if (!isFlag && at + 1 == args.Count)
                throw new BenchException($"The option --{name} lacks its value.");
            options._values[name] = isFlag ? "" : args[++at];
        }

        return options;
    }

    /// <summary>How to reach a server that speaks PIP; clear text unless told otherwise.</summary>
    /// <exception cref="BenchException">Two ways at once.</exception>
    public Way Way => (Has("tls"), Has("ws"), Has("grpc")) switch
    {
        (false, false, false) => Way.Clear,
        (true, false, false) => Way.Tls,
        (false, true, false) => Way.WebSocket,
        (false, false, true) => Way.Grpc,
        _ => throw new BenchException("One of --tls, --ws and --grpc at a time."),
    };

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>Whole numbers from 1, joined by commas; none if the option is not there.</summary>
    /// <exception cref="BenchException">One is none.</exception>
    public IReadOnlyList<int> Numbers(string name) => Text(name) is not { } text ? [] :
    [
        .. text.Split(',').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new BenchException($"--{name} {text}: whole numbers from 1 are needed.")),
    ];

    /// <summary>A whole number from 1; null if the option is not there.</summary>
    /// <exception cref="BenchException">It is none.</exception>
    public int? Number(string name, int least = 1)
    {
        if (Text(name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new BenchException($"--{name} {text}: a whole number from {least} is needed.");
    }
}
