namespace Presence.Model.Groups;

/// <summary>Who becomes a member how. Nobody ever becomes one without a JOIN of his own.</summary>
public enum JoinPolicy
{
    /// <summary>Whoever joins.</summary>
    Open = 0,

    /// <summary>Whoever asks and is admitted by a moderator.</summary>
    Ask = 1,

    /// <summary>Whom a moderator invited.</summary>
    Invite = 2,

    /// <summary>Whom an owner invited.</summary>
    Closed = 3,
}

/// <summary>To whom something is open; each includes those after it, and the owners have always access.</summary>
public enum Audience
{
    All = 0,
    Members = 1,
    Moderators = 2,

    /// <summary>The owners alone.</summary>
    Nobody = 3,
}

/// <summary>The rules that the owners of a group have set (docs/protocol/messages.md, "Groups").</summary>
/// <param name="Join">Who may join, default ask.</param>
/// <param name="Send">Who may send, default members; never nobody.</param>
/// <param name="List">Who may see the list of members, default members.</param>
/// <param name="IsAnonymous">True to show members below moderator a count instead of addresses.</param>
/// <param name="Rule">Whom else it reaches without a JOIN; null for none.</param>
/// <param name="MaxMembers">Greatest number of members that the owners want; null for the limit of the service.</param>
public sealed record GroupPolicy(
    JoinPolicy Join, Audience Send, Audience List, bool IsAnonymous, GroupRule? Rule, int? MaxMembers)
{
    public static readonly GroupPolicy Default =
        new(JoinPolicy.Ask, Audience.Members, Audience.Members, IsAnonymous: false, Rule: null, MaxMembers: null);

    /// <summary>True if somebody in this role, null for an outsider, belongs to the audience.</summary>
    public static bool IsWithin(Audience audience, GroupRole? role) => audience switch
    {
        Audience.All => true,
        Audience.Members => role is not null,
        Audience.Moderators => role >= GroupRole.Moderator,
        _ => role == GroupRole.Owner,
    };
}
