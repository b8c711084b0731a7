using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>
/// Judges recorded histories by the promises of docs/soak.md. Pure: nothing but the histories counts. What a client cannot
/// know, such as the instant between request and answer at which a decision took effect, is read in the server's favour.
/// </summary>
internal static class HistoryChecker
{
    public static IReadOnlyList<Violation> Check(IReadOnlyList<History> histories)
    {
        var evidence = new Evidence(histories);
        return
        [
            .. EventRules.Check(evidence),
            .. MessageRules.Check(evidence),
            .. LossRules.Check(evidence),
            .. ReceiptRules.Check(evidence),
            .. WatchRules.Check(evidence),
            .. RightRules.Check(evidence),
        ];
    }
}
