using System.Collections.Frozen;

namespace Presence.Model.Addresses;

/// <summary>Local parts that no person or group may register (docs/protocol, section 3.5).</summary>
public static class ReservedNames
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        ["postmaster", "abuse", "security", "admin", "root", "anon", "owner", "member", "pass"],
        StringComparer.Ordinal);

    /// <param name="local">A canonical local part; null, the domain's own node, is not reserved.</param>
    public static bool Contains(string? local) => local is not null && Names.Contains(local);
}
