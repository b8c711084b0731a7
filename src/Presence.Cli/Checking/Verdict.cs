namespace Presence.Cli.Checking;

/// <summary>How something is that was looked at.</summary>
internal enum Verdict
{
    Good,

    /// <summary>It works, but not as it should, or not for long.</summary>
    Warn,

    /// <summary>Others cannot reach the domain, or will not trust it.</summary>
    Bad,
}
