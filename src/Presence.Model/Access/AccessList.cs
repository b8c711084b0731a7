using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Access;

/// <summary>
/// An ordered access list and its one decision: the most specific principal wins, at equal specificity the stricter
/// effect; no match is a denial. Source: docs/protocol/access.md.
/// </summary>
public sealed record AccessList(ImmutableArray<AccessEntry> Entries)
{
    /// <summary>
    /// The list of the profile <c>standard</c>: strangers may ask to see presence and to write, and may read the name.
    /// </summary>
    public static readonly AccessList Standard = new(
    [
        new AccessEntry(Effect.Ask, Principal.Everyone, Rights.Subscribe, Scope.PresenceBundle),
        new AccessEntry(Effect.Allow, Principal.Everyone, Rights.Read, Below("name")),
        new AccessEntry(Effect.Allow, Principal.Everyone, Rights.Read, Below("photo")),
        new AccessEntry(Effect.Ask, Principal.Everyone, Rights.Send, Scope.Below(StandardPaths.Inbox)),
    ]);

    /// <summary>What <paramref name="asker"/> may do; the owner of the node is not asked about here.</summary>
    public Effect Decide(Address asker, Rights right, PropertyPath path)
    {
        AccessEntry? best = null;
        foreach (var entry in Entries)
        {
            if ((entry.Rights & right) == 0 || !entry.Principal.Matches(asker) || !entry.Scope.Covers(path))
                continue;
            if (best is null || IsStronger(entry, best))
                best = entry;
        }

        return best?.Effect ?? Effect.Deny;
    }

    /// <summary>Adds an entry; an equal one is not added twice.</summary>
    public AccessList With(AccessEntry entry) => Entries.Contains(entry) ? this : new(Entries.Add(entry));

    /// <summary>Takes out every entry of this effect that names exactly this person.</summary>
    public AccessList Without(Effect effect, Address person) =>
        new(Entries.RemoveAll(e => e.Effect == effect && e.Principal == Principal.Person(person)));

    /// <summary>
    /// Adds a grant so that it has effect: stricter entries for the same principal lose the rights that it names where both
    /// apply, and keep all others.
    /// </summary>
    public AccessList Granting(AccessEntry grant) =>
        new AccessList([.. Entries.Select(entry => Yield(entry, grant)).Where(entry => entry.Rights != Rights.None)])
            .With(grant);

    private static AccessEntry Yield(AccessEntry entry, AccessEntry grant) =>
        entry.Principal == grant.Principal && entry.Effect > grant.Effect && entry.Scope.Overlaps(grant.Scope)
            ? entry with { Rights = entry.Rights & ~grant.Rights }
            : entry;

    private static bool IsStronger(AccessEntry entry, AccessEntry best) =>
        entry.Principal.Specificity != best.Principal.Specificity
            ? entry.Principal.Specificity > best.Principal.Specificity
            : entry.Effect > best.Effect;

    private static Scope Below(string name) => Scope.Below(PropertyPath.Root.Append(name));
}
