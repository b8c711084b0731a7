using Presence.Model.Addresses;

namespace Presence.Model.Access;

/// <summary>What APPROVE and DENY do to access (docs/protocol/access.md, "Defaults"; decision 0015).</summary>
public static class Approval
{
    /// <summary>
    /// Without named rights: presence may be read and watched, messages and invitations may come. With rights: exactly
    /// these, on the path named in the request. Earlier denials of this person give way, a block too.
    /// </summary>
    public static NodeAccess Grant(NodeAccess access, Address who, PropertyPath path, Rights? rights, long version)
    {
        var principal = Principal.Person(who);
        var open = access with { Persons = access.Persons.Without(PersonEffect.Block, principal, version) };
        return open.Amend(path, version, list => rights is { } named
            ? list.Granting(new AccessEntry(Effect.Allow, principal, named, Scope.Below(path)))
            : list
                .Granting(new AccessEntry(Effect.Allow, principal, Rights.Read | Rights.Subscribe, Scope.PresenceBundle))
                .Granting(new AccessEntry(Effect.Allow, principal, Rights.Send | Rights.Invite, Scope.Everything)));
    }

    /// <summary>
    /// Explicit: takes all grants back and forbids asking again. Polite: a polite block, so that the person goes on seeing
    /// what he saw last, be it a request that waits or an owner who has logged out.
    /// </summary>
    public static NodeAccess Withdraw(NodeAccess access, Address who, PropertyPath path, bool isExplicit, long version)
    {
        var principal = Principal.Person(who);
        return isExplicit
            ? access.Amend(path, version, list => list.Without(Effect.Allow, who).With(new AccessEntry(
                Effect.Deny, principal, Rights.Read | Rights.Subscribe, Scope.PresenceBundle)))
            : access with
            {
                Persons = access.Persons.With(
                    new PersonEntry(PersonEffect.Block, principal, IsExplicit: false, Rights.All,
                        access.Persons.PoliteSince(principal, Rights.All, version)),
                    version),
            };
    }
}
