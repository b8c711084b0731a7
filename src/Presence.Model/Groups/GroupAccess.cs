using Presence.Model.Access;
using Presence.Model.Addresses;

namespace Presence.Model.Groups;

/// <summary>The access list that a group begins with: whoever is authenticated may read and watch what describes it.</summary>
public static class GroupAccess
{
    private static readonly string[] Described =
        ["kind", "name", "photo", "icon", "topic", "schema", "created", "join", "send", "list", "anon", "rule", "classes", "max"];

    /// <summary>
    /// Joining, sending and seeing the members follow the policy of the group and not this list.
    /// Source: docs/protocol/access.md, "Defaults".
    /// </summary>
    public static readonly AccessList Standard = new(
    [
        .. Described.Select(name => new AccessEntry(
            Effect.Allow, Principal.Everyone, Rights.Read | Rights.Subscribe, Scope.Below(PropertyPath.Root.Append(name)))),
    ]);
}
