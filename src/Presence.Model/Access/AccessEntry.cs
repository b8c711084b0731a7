using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Access;

/// <summary>What an entry applies to: everything, the presence bundle, or one path and all below it.</summary>
public readonly record struct Scope(bool IsPresenceBundle, PropertyPath Path)
{
    public static readonly Scope Everything = new(false, PropertyPath.Root);
    public static readonly Scope PresenceBundle = new(true, PropertyPath.Root);

    public static Scope Below(PropertyPath path) => new(false, path);

    public bool Covers(PropertyPath path) =>
        IsPresenceBundle ? StandardPaths.IsPresence(path) : path.StartsWith(Path);

    /// <summary>True if some path lies in both.</summary>
    public bool Overlaps(Scope other) => (IsPresenceBundle, other.IsPresenceBundle) switch
    {
        (true, true) => true,
        (true, false) => other.Path.IsRoot || Covers(other.Path),
        (false, true) => other.Overlaps(this),
        _ => Path.StartsWith(other.Path) || other.Path.StartsWith(Path),
    };
}

/// <summary>One line of an access list: effect, principal, rights, and where it applies.</summary>
public sealed record AccessEntry(Effect Effect, Principal Principal, Rights Rights, Scope Scope)
{
    private const string Bundle = "presence";

    /// <summary>Wire value of <c>path=</c>, or null for an entry that applies wherever its list does.</summary>
    public string? PathWord => Scope.IsPresenceBundle ? Bundle : Scope.Path.IsRoot ? null : Scope.Path.ToString();

    /// <summary>The line as it is written: <c>allow bob@b.example read,sub path=presence</c>.</summary>
    public override string ToString() => $"{EffectWords.Word(Effect)} {Principal} {RightsWords.Format(Rights)}"
        + (PathWord is { } path ? $" path={path}" : "");

    /// <summary>Reads the words of one line of a list; null if one of them is none (docs/protocol/grammar.md, "acl-item").</summary>
    /// <param name="effect"><c>allow</c>, <c>ask</c>, <c>deny</c> or <c>polite</c>.</param>
    /// <param name="principal">Wire form of a principal.</param>
    /// <param name="rights">Words of rights, joined by commas.</param>
    /// <param name="path">The word <c>presence</c>, a path, or null.</param>
    public static AccessEntry? Parse(string? effect, string? principal, string? rights, string? path)
    {
        if (!EffectWords.TryParse(effect ?? "", out var e) || !Principal.TryParse(principal ?? "", out var who)
            || !RightsWords.TryParse(rights ?? "", out var all))
            return null;
        if (path == Bundle)
            return new AccessEntry(e, who, all, Scope.PresenceBundle);
        return PropertyPath.TryParse(path ?? "", out var below, out _)
            ? new AccessEntry(e, who, all, Scope.Below(below))
            : null;
    }
}
