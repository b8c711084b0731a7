namespace Presence.Cli.Checking;

/// <summary>One thing that was looked at.</summary>
/// <param name="Verdict">How it is.</param>
/// <param name="Subject">What was looked at, one word.</param>
/// <param name="Text">What was found.</param>
/// <param name="Advice">What to do about it; null if nothing.</param>
internal sealed record Finding(Verdict Verdict, string Subject, string Text, string? Advice = null)
{
    public static Finding Good(string subject, string text) => new(Verdict.Good, subject, text);

    public static Finding Bad(string subject, string text, string advice) => new(Verdict.Bad, subject, text, advice);

    public static Finding Warn(string subject, string text, string advice) => new(Verdict.Warn, subject, text, advice);
}
