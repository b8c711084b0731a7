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
public sealed record AccessEntry(Effect Effect, Principal Principal, Rights Rights, Scope Scope);
