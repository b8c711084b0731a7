namespace Presence.Hosting.Options;

/// <summary>
/// The node must not start as it is configured. The message is the one line for the operator; the process ends with
/// <see cref="ExitCodes.Configuration"/>.
/// </summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException()
    {
    }

    public StartRefusedException(string message)
        : base(message)
    {
    }

    public StartRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Key, value and what is wrong, in one line whatever the value holds.</summary>
    public static StartRefusedException About(string key, string value, string why) =>
        new(OneLine($"{key} = {value}: {why}"));

    private static string OneLine(string text) =>
        string.Concat(text.Select(unit => char.IsControl(unit) ? ' ' : unit));
}
