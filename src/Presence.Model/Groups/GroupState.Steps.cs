using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Model.Groups;

/// <content>The steps that the decisions are made of.</content>
public sealed partial record GroupState
{
    private GroupOutcome JoinOther(JoinWish wish, GroupPolicy policy, GroupLimits limits, DateTimeOffset now)
    {
        if (!IsModerator(wish.Asker) || wish.Role > RoleOf(wish.Asker) || Banned.Contains(wish.Who))
            return Refused(Refusal.Forbidden);
        if (Members.GetValueOrDefault(wish.Who) is { } member)
            return wish.Role is null || MayRule(wish.Asker, wish.Who) ? Change(member, wish with { Classes = null })
                : Refused(Refusal.Forbidden);
        if (Requests.GetValueOrDefault(wish.Who) is { } request)
            return Admit(wish.Who, wish.Role ?? GroupRole.Member, request.Classes, policy, limits, now);
        if (policy.Join == JoinPolicy.Closed && RoleOf(wish.Asker) != GroupRole.Owner)
            return Refused(Refusal.Forbidden);
        if (Invited.Contains(wish.Who))
            return Silent(this, GroupStanding.Invited);
        return Invited.Count >= limits.MaxWaiting
            ? Refused(Refusal.TooMany)
            : Told(this with { Invited = Invited.Add(wish.Who) }, wish.Who, GroupStanding.Invited);
    }

    private GroupOutcome Ask(JoinWish wish, GroupLimits limits, DateTimeOffset now)
    {
        if (Requests.ContainsKey(wish.Who))
            return Silent(this, GroupStanding.Pending);
        if (Requests.Count >= limits.MaxWaiting)
            return Refused(Refusal.TooMany);
        var request = new GroupRequest(wish.Who, now, IsDenied: false, wish.Classes ?? []);
        return Told(this with { Requests = Requests.Add(wish.Who, request) }, wish.Who, GroupStanding.Pending);
    }

    /// <summary>Another role or other classes for a member. Nobody raises himself, and the last owner stays one.</summary>
    private GroupOutcome Change(GroupMember member, JoinWish wish)
    {
        var role = wish.Role ?? member.Role;
        if (wish.Asker.Equals(wish.Who) && role > member.Role)
            return Refused(Refusal.Forbidden);
        if (role != GroupRole.Owner && IsLastOwner(member.Who))
            return Refused(Refusal.NotAllowed);
        var next = member with { Role = role, Classes = wish.Classes ?? member.Classes };
        var state = WithMember(next);
        return role == member.Role
            ? Silent(state, GroupStanding.Member, role)
            : Told(state, member.Who, GroupStanding.Member, role);
    }

    private GroupOutcome Admit(
        Address who, GroupRole role, ImmutableArray<ClassPattern>? classes, GroupPolicy policy, GroupLimits limits,
        DateTimeOffset now)
    {
        if (Members.Count >= Math.Min(limits.MaxMembers, policy.MaxMembers ?? int.MaxValue))
            return Refused(Refusal.TooMany);
        var admitted = Without(who).WithMember(new GroupMember(who, role, now, classes ?? []));
        return Told(admitted, who, GroupStanding.Member, role);
    }

    /// <summary>Owners rule over everybody, moderators over those below them.</summary>
    private bool MayRule(Address asker, Address who) =>
        RoleOf(asker) is { } own and >= GroupRole.Moderator
        && (own == GroupRole.Owner || RoleOf(who) is not { } other || other < own);

    private bool IsLastOwner(Address who) =>
        RoleOf(who) == GroupRole.Owner && Members.Values.Count(m => m.Role == GroupRole.Owner) == 1;

    private bool Knows(Address who) => Members.ContainsKey(who) || Requests.ContainsKey(who) || Invited.Contains(who);

    private GroupState WithMember(GroupMember member) => this with { Members = Members.SetItem(member.Who, member) };

    private GroupState Without(Address who) => this with
    {
        Members = Members.Remove(who),
        Requests = Requests.Remove(who),
        Invited = Invited.Remove(who),
    };

    private static GroupOutcome Told(GroupState next, Address who, GroupStanding standing, GroupRole? role = null) =>
        new(next, standing, role, new MemberNews(who, standing, role), null);

    private static GroupOutcome Silent(GroupState next, GroupStanding standing, GroupRole? role = null) =>
        new(next, standing, role, null, null);

    private GroupOutcome Refused(Refusal why) => new(this, GroupStanding.Left, null, null, why);
}
