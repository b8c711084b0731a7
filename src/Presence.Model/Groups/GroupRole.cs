namespace Presence.Model.Groups;

/// <summary>What a member may do; the order is that of authority.</summary>
public enum GroupRole
{
    /// <summary>Receives and may not send.</summary>
    Muted = 0,

    Member = 1,

    /// <summary>Admits, invites, mutes and removes those below.</summary>
    Moderator = 2,

    /// <summary>May do everything, also destroy the group and change its policy.</summary>
    Owner = 3,
}

/// <summary>Wire words of <see cref="GroupRole"/>.</summary>
public static class GroupRoleWords
{
    private static readonly string[] Words = ["muted", "member", "moderator", "owner"];

    public static string Word(GroupRole role) => Words[(int)role];

    public static bool TryParse(string word, out GroupRole role)
    {
        var index = Array.IndexOf(Words, word);
        role = (GroupRole)index;
        return index >= 0;
    }
}
