using Presence.Conformance.Statements;

namespace Presence.Conformance.Run;

internal enum Outcome
{
    Pass,
    Fail,
    NotApplicable,
}

/// <param name="Why">For a pass, what of the statement was not tried; empty for all.</param>
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
