namespace Presence.Cli.Options;

/// <summary>
/// A passphrase: from PRESENCE_PASSPHRASE, or asked for on the terminal; never an argument, which others could see.
/// </summary>
internal static class PassphraseSource
{
    public const string Variable = "PRESENCE_PASSPHRASE";

    /// <exception cref="UsageException">None was given and there is no terminal to ask on.</exception>
    public static string Read(Surroundings surroundings, string prompt) =>
        surroundings.Setting(Variable) ?? surroundings.AskSecret(prompt) ?? throw Missing();

    /// <summary>As <see cref="Read"/>, but asks twice for what will not be seen again.</summary>
    public static string ReadNew(Surroundings surroundings, string prompt)
    {
        if (surroundings.Setting(Variable) is { } given)
            return given;

        var typed = surroundings.AskSecret(prompt) ?? throw Missing();
        if (typed.Length == 0)
            throw new UsageException("A passphrase has at least one character.");

        return surroundings.AskSecret("The same again: ") == typed
            ? typed
            : throw new UsageException("The two passphrases differ.");
    }

    private static UsageException Missing() => new($"No passphrase: set {Variable}, or type it on a terminal.");
}
