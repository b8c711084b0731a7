using System.CommandLine;

namespace Presence.Cli.Options;

/// <summary>A password: typed as option, from PRESENCE_PASSWORD, or asked for on the terminal, in this order.</summary>
internal sealed class PasswordOption(string purpose)
{
    public Option<string?> Option { get; } = new("--password")
    {
        HelpName = "PASSWORD",
        Description = $"{purpose} [default: PRESENCE_PASSWORD, which others cannot see, else it is asked for]",
    };

    /// <exception cref="UsageException">None was given and there is no terminal to ask on.</exception>
    public string Read(ParseResult parsed, Surroundings surroundings, string prompt) =>
        Given(parsed, surroundings) ?? surroundings.AskSecret(prompt) ?? throw Missing();

    /// <summary>As <see cref="Read"/>, but asks twice for what will not be seen again.</summary>
    public string ReadNew(ParseResult parsed, Surroundings surroundings, string prompt)
    {
        if (Given(parsed, surroundings) is { } given)
            return given;

        var typed = surroundings.AskSecret(prompt) ?? throw Missing();
        return surroundings.AskSecret("The same again: ") == typed
            ? typed
            : throw new UsageException("The two passwords differ.");
    }

    private string? Given(ParseResult parsed, Surroundings surroundings) =>
        parsed.GetValue(Option) ?? surroundings.Setting("PRESENCE_PASSWORD");

    private static UsageException Missing() => new("No password: give --password or set PRESENCE_PASSWORD.");
}
