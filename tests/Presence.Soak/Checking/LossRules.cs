using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>M6 to M8: what must arrive (docs/protocol/messages.md).</summary>
internal static class LossRules
{
    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (var sent in evidence.Sent)
        {
            var violation = evidence.Of(sent.To) is { } recipient ? Direct(evidence, sent, recipient) : null;
            if (violation is not null)
                yield return violation;
        }

        foreach (var violation in Groups(evidence))
            yield return violation;
    }

    /// <summary>
    /// The recipient's session had its connection from before the request until after the answer and lives still, and the
    /// sender was approved: then it is there.
    /// </summary>
    private static Violation? Direct(Evidence evidence, Sent sent, History recipient)
    {
        if (sent.Call.Reply is not { } reply || recipient.Last is not { } sitting
            || !sitting.WasConnected(sent.Call.Asked, reply.At)
            || !evidence.Between(recipient, sent.From).IsCertain(sent.Call.Asked, reply.At, standing => standing.SeesPresence))
            return null;
        if (sent.Code == 480)
            return Violation(evidence, "M7", "480 although the recipient was online all the time", sent, recipient, mayCome: false);
        if (!sent.IsAccepted || evidence.ArrivedBy[(sent.From, sent.Mid, recipient.Owner)].Any())
            return null;
        return evidence.Receipts[(sent.From, sent.Mid, sent.To)].Any(receipt => receipt["disp"] == "failed")
            ? null
            : Violation(evidence, "M6", "an accepted message never came to who was online all the time", sent, recipient, mayCome: true);
    }

    /// <summary>A member who neither left nor lost the connection after the message was sent has got it.</summary>
    private static IEnumerable<Violation> Groups(Evidence evidence)
    {
        var members = evidence.Histories.Where(history => history.Last is not null)
            .SelectMany(history => Memberships(history).Select(pair => (pair.Group, pair.Since, History: history)))
            .ToLookup(member => member.Group);
        foreach (var sent in evidence.Sent.Where(sent => sent.IsAccepted && evidence.Of(sent.To) is null))
        {
            foreach (var (_, since, history) in members[sent.To])
            {
                if (history.Owner != sent.From && since < sent.Call.Asked
                    && history.Last!.WasConnected(sent.Call.Asked, long.MaxValue)
                    && !evidence.ArrivedBy[(sent.From, sent.Mid, history.Owner)].Any())
                    yield return Violation(evidence, "M8", "a message of a group never came to a member", sent, history, mayCome: true);
            }
        }
    }

    /// <summary>Groups that a user is a member of at the end, and since when for certain.</summary>
    private static IEnumerable<(string Group, long Since)> Memberships(History history) => history.Calls
        .Where(call => call.Verb is "JOIN" or "LEAVE" or "CREATE").GroupBy(call => call.Target)
        .Where(group => group.Last().Verb != "LEAVE" && group.Last().Reply?.IsDone == true
            && group.All(call => call.Reply is not null))
        .Select(group => (group.Key, group.Last().Over));

    private static Violation Violation(
        Evidence evidence, string rule, string what, Sent sent, History recipient, bool mayCome) => new(
        rule, what, new Excerpt().Add(sent.From, sent.Call).Add(sent.From, evidence.Receipts[(sent.From, sent.Mid, sent.To)])
            .AddSittings(recipient, sent.Call.Asked, sent.Call.Over)
            .AddDecisions(recipient, sent.From, sent.Call.Over).Lines, mayCome);
}
