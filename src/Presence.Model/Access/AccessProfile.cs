using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Access;

/// <summary>How open a domain's nodes are before their owners say anything (docs/protocol/access.md, "Defaults").</summary>
public enum AccessProfile
{
    /// <summary>Strangers may ask to see presence and to write, and may read name and photo.</summary>
    Standard = 0,

    /// <summary>As standard, and colleagues may see presence, write and invite at once.</summary>
    Corporate = 1,

    /// <summary>Strangers may ask to see presence and nothing else; colleagues may read name and photo.</summary>
    Strict = 2,

    /// <summary>Everybody who has authenticated may see presence, write and invite.</summary>
    Open = 3,
}

/// <summary>The access lists that profiles stand for.</summary>
public static class AccessProfiles
{
    private static readonly Scope Inbox = Scope.Below(StandardPaths.Inbox);

    /// <summary>The list of a user's node in this domain while its owner has set none on the node.</summary>
    public static AccessList Of(AccessProfile profile, Domain own)
    {
        var colleagues = Principal.UsersOf(own);
        return new AccessList(profile switch
        {
            AccessProfile.Corporate =>
            [
                Allow(colleagues, Rights.Read | Rights.Subscribe, Scope.PresenceBundle),
                Ask(Rights.Subscribe, Scope.PresenceBundle),
                .. Card(Principal.Everyone),
                Allow(colleagues, Rights.Send, Inbox),
                Ask(Rights.Send, Inbox),
                Allow(colleagues, Rights.Invite, Scope.Everything),
            ],
            AccessProfile.Strict => [Ask(Rights.Subscribe, Scope.PresenceBundle), .. Card(colleagues)],
            AccessProfile.Open =>
            [
                Allow(Principal.Everyone, Rights.Read | Rights.Subscribe, Scope.PresenceBundle),
                .. Card(Principal.Everyone),
                Allow(Principal.Everyone, Rights.Send, Inbox),
                Allow(Principal.Everyone, Rights.Invite, Scope.Everything),
            ],
            _ =>
            [
                Ask(Rights.Subscribe, Scope.PresenceBundle),
                .. Card(Principal.Everyone),
                Ask(Rights.Send, Inbox),
            ],
        });
    }

    private static ImmutableArray<AccessEntry> Card(Principal who) =>
    [
        Allow(who, Rights.Read, Scope.Below(PropertyPath.Root.Append("name"))),
        Allow(who, Rights.Read, Scope.Below(PropertyPath.Root.Append("photo"))),
    ];

    private static AccessEntry Allow(Principal who, Rights rights, Scope scope) => new(Effect.Allow, who, rights, scope);

    private static AccessEntry Ask(Rights rights, Scope scope) => new(Effect.Ask, Principal.Everyone, rights, scope);
}
