using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Model.Groups;

/// <summary>One member.</summary>
/// <param name="Who">The member's address.</param>
/// <param name="Role">What he may do.</param>
/// <param name="Since">When he became a member.</param>
/// <param name="Classes">The classes he wants; empty for every message.</param>
public sealed record GroupMember(
    Address Who, GroupRole Role, DateTimeOffset Since, ImmutableArray<ClassPattern> Classes)
{
    /// <summary>
    /// True if he wants a message of this class. Who named classes gets these alone, and nothing that has no class.
    /// </summary>
    public bool Wants(ClassPattern? name) =>
        Classes.IsEmpty || (name is { } known && Classes.Any(pattern => pattern.Matches(known)));
}

/// <summary>Somebody who asked to join.</summary>
/// <param name="Who">His address.</param>
/// <param name="Since">When he asked first.</param>
/// <param name="IsDenied">True if he was politely denied: he goes on waiting, and nobody is asked again.</param>
/// <param name="Classes">The classes he asked for.</param>
public sealed record GroupRequest(
    Address Who, DateTimeOffset Since, bool IsDenied, ImmutableArray<ClassPattern> Classes);

/// <summary>Where somebody stands with a group; the words of <c>state=</c> in MEMBER and in the answer to JOIN.</summary>
public enum GroupStanding
{
    Pending = 0,
    Invited = 1,
    Member = 2,

    /// <summary>He has left, declined, or given up waiting.</summary>
    Left = 3,

    /// <summary>A moderator has removed him or withdrawn the invitation.</summary>
    Removed = 4,

    Denied = 5,
    Banned = 6,

    /// <summary>The group itself is no more.</summary>
    Gone = 7,
}

/// <summary>Wire words of <see cref="GroupStanding"/>.</summary>
public static class GroupStandingWords
{
    private static readonly string[] Words =
        ["pending", "invited", "member", "left", "removed", "denied", "banned", "gone"];

    public static string Word(GroupStanding standing) => Words[(int)standing];

    public static bool TryParse(string? word, out GroupStanding standing)
    {
        standing = (GroupStanding)Array.IndexOf(Words, word);
        return standing >= 0;
    }
}

/// <summary>What happened to somebody's membership, to be told to some.</summary>
/// <param name="Who">Whose membership.</param>
/// <param name="Standing">Where he stands now.</param>
/// <param name="Role">His role if he is a member, else null.</param>
public sealed record MemberNews(Address Who, GroupStanding Standing, GroupRole? Role);

/// <summary>Ceilings on one group.</summary>
/// <param name="MaxMembers">Members, default 1 000; one more is refused with 431.</param>
/// <param name="MaxWaiting">Requests and invitations each, default 500; one more is refused with 431.</param>
/// <param name="MaxBanned">Bans, default 1 000; one more is refused with 431.</param>
/// <param name="MaxClasses">Class patterns of one member, default 16; more are refused with 431.</param>
public sealed record GroupLimits(int MaxMembers, int MaxWaiting, int MaxBanned, int MaxClasses)
{
    public static readonly GroupLimits Default = new(1_000, 500, 1_000, 16);
}
