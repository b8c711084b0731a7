using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Model.Access;

/// <summary>What administrators of a domain lay down for its nodes (docs/protocol/access.md, "Administrators").</summary>
/// <param name="Profile">Defaults for owners who have said nothing.</param>
/// <param name="Ceiling">Entries here make an owner's decision stricter, never wider.</param>
/// <param name="Floor">Entries here make it wider, within the ceiling of nobody: users can see them.</param>
/// <param name="IsOpen">True if anybody is told that an address does not exist, false if only users of the domain are.</param>
public sealed record AccessPolicy(AccessProfile Profile, AccessList Ceiling, AccessList Floor, bool IsOpen = false)
{
    public static readonly AccessPolicy Default = new(AccessProfile.Standard, AccessList.Empty, AccessList.Empty);

    /// <summary>
    /// Reads lines such as <c>deny *@b.example send path=inbox</c>, as configuration gives them; the second value is the first
    /// line that cannot be read, or null.
    /// </summary>
    public static (AccessList List, string? BadLine) ReadLines(IEnumerable<string> lines)
    {
        var entries = ImmutableArray.CreateBuilder<AccessEntry>();
        foreach (var line in lines)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var path = words is [_, _, _, { } last] && last.StartsWith("path=", StringComparison.Ordinal) ? last[5..] : null;
            if (words.Length != (path is null ? 3 : 4) || AccessEntry.Parse(words[0], words[1], words[2], path) is not { } entry)
                return (AccessList.Empty, line);
            entries.Add(entry);
        }

        return (new AccessList(entries.ToImmutable()), null);
    }

    /// <summary>
    /// True for a line that the administrators of a domain may lay down: it shuts nobody out politely, since no owner has a view of the
    /// past for it, and names nobody whom the owner's home cannot know, by membership or by a passphrase.
    /// </summary>
    public static bool Takes(AccessEntry line) =>
        line.Effect != Effect.Polite && line.Principal.Group is null && line.Principal.Passphrase is null;

    /// <summary>The same with further lines beside these, of which the most specific applies as in any list.</summary>
    public AccessPolicy Beside(AccessList ceiling, AccessList floor) => this with
    {
        Ceiling = new AccessList(Ceiling.Entries.AddRange(ceiling.Entries)),
        Floor = new AccessList(Floor.Entries.AddRange(floor.Entries)),
    };

    /// <summary>The owner's decision after ceiling and floor.</summary>
    public Effect Bound(Effect decided, Asker asker, Rights right, PropertyPath path)
    {
        var effect = decided;
        if (Ceiling.Find(asker, right, path) is { } ceiling && ceiling > effect)
            effect = ceiling;
        if (Floor.Find(asker, right, path) is { } floor && floor < effect)
            effect = floor;
        return effect;
    }
}
