using System.Globalization;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Users;

/// <summary>Words for <c>presence explain</c>: what one person sees of a user, and why.</summary>
internal static class UserExplanation
{
    private static readonly (string Word, Rights Right, PropertyPath Path)[] Questions =
    [
        ("read status", Rights.Read, StandardPaths.Status),
        ("watch status", Rights.Subscribe, StandardPaths.Status),
        ("read note", Rights.Read, StandardPaths.Note),
        ("send", Rights.Send, StandardPaths.Inbox),
        ("invite", Rights.Invite, PropertyPath.Root),
    ];

    public static IEnumerable<ExplainedLine> OfAccess(UserNode node, Asker asker) => node.Access.IsOwner(asker)
        ? [new ExplainedLine("access", "the owner may do everything")]
        : Questions.Select(question => new ExplainedLine(
            question.Word, node.Access.Explain(asker, question.Right, question.Path).Sentence));

    public static ExplainedLine Of(Subscription entry) => new($"subscription {entry.Id}", string.Create(
        CultureInfo.InvariantCulture,
        $"to ~/{entry.Path}: {entry.State} and seen as {entry.SeenAs} since {entry.Since:u}, until {entry.Expires:u}"));

    public static IEnumerable<ExplainedLine> OfPresence(
        UserNode node, Asker asker, IReadOnlyDictionary<string, int> priorities)
    {
        foreach (var (name, priority) in priorities.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var status = node.Properties[StandardPaths.OfEndpoint(name, "status")];
            yield return new ExplainedLine($"endpoint {name}", $"{Told(status)}, priority {priority}");
        }

        if (node.Properties[StandardPaths.Status] is { } written)
            yield return new ExplainedLine("written by hand", Told(written));
        yield return new ExplainedLine("true status", Told(node.Shown(StandardPaths.Status)));
        var (refusal, _, seen) = node.Read(asker, StandardPaths.Status);
        yield return new ExplainedLine(
            "seen status", refusal is null ? Told(seen[0]) : $"{refusal.Code} {refusal.Reason}");
    }

    private static string Told(Property? property) => property is null
        ? "nothing shown"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{property.Value.Text} (version {property.Version}, since {property.ChangedAt:u}{Lease(property)})");

    private static string Lease(Property property) => property.LeaseEnds is { } end
        ? string.Create(CultureInfo.InvariantCulture, $", leased until {end:u}")
        : "";
}
