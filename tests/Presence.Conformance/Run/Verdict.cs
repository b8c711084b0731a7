using Presence.Conformance.Statements;

namespace Presence.Conformance.Run;

internal enum Outcome
{
    Pass,
    Fail,
    NotApplicable,
}

/// <param name="Why">Empty for a pass.</param>
/// <param name="Transcript">What was said, for a failure.</param>
internal sealed record Verdict(Statement Statement, Outcome Outcome, string Why, IReadOnlyList<string> Transcript)
{
    public string Word => Outcome switch
    {
        Outcome.Pass => "PASS",
        Outcome.Fail => "FAIL",
        _ => "not-applicable",
    };
}
