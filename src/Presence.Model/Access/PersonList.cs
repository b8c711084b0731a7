using System.Collections.Immutable;

namespace Presence.Model.Access;

/// <summary>What a line of the two lists of persons means.</summary>
public enum PersonEffect
{
    /// <summary>Shut out, as far as its rights go.</summary>
    Block = 0,

    /// <summary>Served in the mode <c>only</c>.</summary>
    Allow = 1,

    /// <summary>Taken off the allow list while it was in force: keeps what he saw until then. Never shown.</summary>
    Dropped = 2,
}

/// <summary>One line of the block list or of the allow list.</summary>
/// <param name="Effect">Which list, in effect.</param>
/// <param name="Who">A person, the members of a group, or the users of a domain.</param>
/// <param name="IsExplicit">True if a blocked party is told by 403; false for a polite block.</param>
/// <param name="Scope">Rights that a block takes; all unless the owner said otherwise.</param>
/// <param name="Since">Version of the node when the line was written.</param>
public sealed record PersonEntry(PersonEffect Effect, Principal Who, bool IsExplicit, Rights Scope, long Since);

/// <summary>
/// Block list and allow list of one node; both are always kept, and the owner's <c>privacy/mode</c> says which one is
/// in force (docs/protocol/access.md, "Block list, allow list, mode").
/// </summary>
/// <param name="Entries">All lines; at most one for each effect and principal.</param>
/// <param name="Version">Version of the node when the lists were last changed.</param>
public sealed record PersonList(ImmutableArray<PersonEntry> Entries, long Version = 0)
{
    public static readonly PersonList Empty = new([]);

    /// <summary>The most specific line of this effect that speaks of the asker and the right, or null.</summary>
    public PersonEntry? Find(PersonEffect effect, Asker asker, Rights right)
    {
        PersonEntry? best = null;
        foreach (var entry in Entries)
        {
            if (entry.Effect == effect && (entry.Scope & right) != 0 && entry.Who.Matches(asker)
                && entry.Who.Specificity > (best?.Who.Specificity ?? -1))
                best = entry;
        }

        return best;
    }

    /// <summary>Adds the line, in place of the one with the same effect and principal.</summary>
    public PersonList With(PersonEntry entry, long version) =>
        new(Without(entry.Effect, entry.Who, version).Entries.Add(entry), version);

    /// <summary>
    /// Which past a polite block from these rights shows: that of the one before, for at a later moment there is what was
    /// hidden until now; or <paramref name="now"/> if the person could read or watch until now.
    /// </summary>
    public long PoliteSince(Principal who, Rights scope, long now) => Entries.FirstOrDefault(e =>
        e is { Effect: PersonEffect.Block, IsExplicit: false } && e.Who == who
        && (scope & (Rights.Read | Rights.Subscribe) & ~e.Scope) == 0)?.Since ?? now;

    public PersonList Without(PersonEffect effect, Principal who, long version) =>
        new(Entries.RemoveAll(e => e.Effect == effect && e.Who == who), version);
}
