using System.CommandLine;

namespace Presence.Cli.Options;

internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = "Print one JSON object a line, for scripts" };
}
