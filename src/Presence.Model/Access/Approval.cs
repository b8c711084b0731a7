using Presence.Model.Addresses;

namespace Presence.Model.Access;

/// <summary>What APPROVE and DENY do to the list that applies (docs/protocol/access.md, "Defaults").</summary>
public static class Approval
{
    /// <summary>
    /// Without named rights: presence may be read and watched, messages and invitations may come. With rights: exactly
    /// these, on the path named in the request. Earlier denials of this person give way as far as they stand against it.
    /// </summary>
    public static AccessList Grant(AccessList list, Address who, PropertyPath path, Rights? rights)
    {
        var principal = Principal.Person(who);
        return rights is { } named
            ? list.Granting(new AccessEntry(Effect.Allow, principal, named, Scope.Below(path)))
            : list
                .Granting(new AccessEntry(Effect.Allow, principal, Rights.Read | Rights.Subscribe, Scope.PresenceBundle))
                .Granting(new AccessEntry(Effect.Allow, principal, Rights.Send | Rights.Invite, Scope.Everything));
    }

    /// <summary>
    /// Takes all grants back. An explicit denial also forbids asking again; a polite one leaves no trace that the watcher
    /// could find.
    /// </summary>
    public static AccessList Withdraw(AccessList list, Address who, bool isExplicit)
    {
        list = list.Without(Effect.Allow, who);
        return isExplicit
            ? list.With(new AccessEntry(
                Effect.Deny, Principal.Person(who), Rights.Read | Rights.Subscribe, Scope.PresenceBundle))
            : list;
    }
}
