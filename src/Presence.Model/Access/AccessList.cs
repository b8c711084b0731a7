using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Model.Access;

/// <summary>
/// An ordered access list and its one rule: the most specific principal wins, at equal specificity the stricter
/// effect. Source: docs/protocol/access.md.
/// </summary>
/// <param name="Entries">The entries in their order; the order has no meaning for decisions.</param>
/// <param name="Version">Version of the node when the list was last changed; 0 for lists that nobody wrote.</param>
public sealed record AccessList(ImmutableArray<AccessEntry> Entries, long Version = 0)
{
    public static readonly AccessList Empty = new([]);

    /// <summary>What the best match says, or null if no entry matches.</summary>
    public Effect? Find(Asker asker, Rights right, PropertyPath path) => FindEntry(asker, right, path)?.Effect;

    /// <summary>The line that decides, or null if no entry matches.</summary>
    public AccessEntry? FindEntry(Asker asker, Rights right, PropertyPath path)
    {
        AccessEntry? best = null;
        foreach (var entry in Entries)
        {
            // The principal first: most lines of a long list name one other person.
            if ((entry.Rights & right) == 0 || !entry.Principal.Matches(asker) || !entry.Scope.Covers(path))
                continue;
            best = Stronger(best, entry);
        }

        return best;
    }

    /// <summary>Of two lines that both match, the one that decides; the other if one is null.</summary>
    public static AccessEntry? Stronger(AccessEntry? one, AccessEntry? other) =>
        one is null || (other is not null && IsStronger(other, one)) ? other : one;

    /// <summary>Adds an entry; an equal one is not added twice.</summary>
    public AccessList With(AccessEntry entry) =>
        Entries.Contains(entry) ? this : this with { Entries = Entries.Add(entry) };

    /// <summary>Takes out every entry of this effect that names exactly this person.</summary>
    public AccessList Without(Effect effect, Address person) =>
        this with { Entries = Entries.RemoveAll(e => e.Effect == effect && e.Principal == Principal.Person(person)) };

    /// <summary>
    /// Adds a grant so that it has effect: stricter entries for the same principal lose the rights that it names where both
    /// apply, and keep all others.
    /// </summary>
    public AccessList Granting(AccessEntry grant)
    {
        // Most approvals are of somebody about whom nothing stricter is said, in a list that has grown long.
        var isYielding = false;
        foreach (var entry in Entries)
            isYielding |= Yields(entry, grant);
        if (!isYielding)
            return With(grant);
        var yielded = Entries
            .Select(entry => Yields(entry, grant) ? entry with { Rights = entry.Rights & ~grant.Rights } : entry)
            .Where(entry => entry.Rights != Rights.None);
        return (this with { Entries = [.. yielded] }).With(grant);
    }

    /// <summary>True if it begins with the very entries of the other one.</summary>
    public bool Continues(AccessList former)
    {
        if (Entries.Length < former.Entries.Length)
            return false;
        for (var at = 0; at < former.Entries.Length; at++)
        {
            if (!ReferenceEquals(Entries[at], former.Entries[at]))
                return false;
        }

        return true;
    }

    private static bool Yields(AccessEntry entry, AccessEntry grant) =>
        entry.Effect > grant.Effect && entry.Principal == grant.Principal && entry.Scope.Overlaps(grant.Scope);

    private static bool IsStronger(AccessEntry entry, AccessEntry best) =>
        entry.Principal.Specificity != best.Principal.Specificity
            ? entry.Principal.Specificity > best.Principal.Specificity
            : entry.Effect > best.Effect;
}
