using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>R1 to R5: what senders are told of their messages (docs/protocol/messages.md).</summary>
internal static class ReceiptRules
{
    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (var sent in evidence.Sent)
        {
            if (evidence.Of(sent.To) is { } recipient && Of(evidence, sent, recipient) is { } violation)
                yield return violation;
        }
    }

    private static Violation? Of(Evidence evidence, Sent sent, History recipient)
    {
        var told = evidence.Receipts[(sent.From, sent.Mid, sent.To)].DistinctBy(receipt => (receipt.Sitting, receipt.Number)).ToList();
        var ways = told.GroupBy(receipt => receipt.Sitting).ToList();
        if (ways.Exists(way => way.Count() > 1))
            return Violation("R1", "more than one receipt of a message", sent, recipient, told);
        if (told.Count > 0 && !sent.WantsReceipt)
            return Violation("R2", "a receipt that nobody wanted", sent, recipient, told);
        var timeline = evidence.Between(recipient, sent.From);
        var isDelivered = told.Exists(receipt => receipt["disp"] == "delivered");
        if (isDelivered && !evidence.ArrivedBy[(sent.From, sent.Mid, recipient.Owner)].Any())
            return Violation("R3", "delivered, says the receipt, but it never came", sent, recipient, told);
        if (told.Count > 0 && timeline.IsCertain(sent.Call.Asked, told[0].At, standing => !standing.SeesPresence))
            return Violation("R4", "a receipt to a sender who had no right to it from sending on", sent, recipient, told);
        var sender = evidence.Of(sent.From)!;
        var isOwed = sent.IsAccepted && sent.WantsReceipt && told.Count == 0 && sender.Last?.Number == sent.Call.Sitting
            && timeline.IsCertain(sent.Call.Asked, long.MaxValue, standing => standing.SeesPresence);
        return isOwed
            ? Violation("R5", "accepted, a receipt wanted, and nothing was ever told", sent, recipient, told, mayCome: true)
            : null;
    }

    private static Violation Violation(
        string rule, string what, Sent sent, History recipient, List<Told> told, bool mayCome = false) => new(
        rule, what, new Excerpt().Add(sent.From, sent.Call).Add(sent.From, told)
            .Add(recipient.Owner, recipient.Events.Where(e => e.Verb == "MSG" && e["mid"] == sent.Mid && e["from"] == sent.From))
            .AddSittings(recipient, sent.Call.Asked, told.Count > 0 ? told[^1].At : sent.Call.Over)
            .AddDecisions(recipient, sent.From, long.MaxValue).Lines, mayCome);
}
