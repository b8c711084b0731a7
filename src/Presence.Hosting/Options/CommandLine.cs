namespace Presence.Hosting.Options;

/// <summary>Arguments that .NET configuration would pass over in silence, though somebody meant something.</summary>
public static class CommandLine
{
    /// <exception cref="StartRefusedException">An argument sets no key of ours.</exception>
    public static void Check(IReadOnlyList<string> args)
    {
        for (var at = 0; at < args.Count; at++)
        {
            var name = args[at];
            if (!IsSetting(name))
                throw new StartRefusedException(
                    $"The argument '{name}' is not understood; see --describe-options for --Presence:Key=value.");
            if (name.Contains('=', StringComparison.Ordinal))
                continue;
            at++;
            if (at == args.Count)
                throw new StartRefusedException($"The argument '{name}' lacks its value; write {name}=value.");
        }
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--Presence:", StringComparison.OrdinalIgnoreCase)
        || argument.StartsWith("--Logging:", StringComparison.OrdinalIgnoreCase);
}
