using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Model.Groups;

/// <summary>A wish to join, for oneself or by a moderator for somebody.</summary>
/// <param name="Asker">Who asks.</param>
/// <param name="Who">Who is to be a member.</param>
/// <param name="Role">The role wanted; null for the one he has, or member.</param>
/// <param name="Classes">Classes wanted; null to leave them as they are, empty for every message.</param>
public sealed record JoinWish(Address Asker, Address Who, GroupRole? Role, ImmutableArray<ClassPattern>? Classes);

/// <summary>
/// Who belongs to one group and in which role, who waits, who is invited, who is banned: an immutable value. Every step gives
/// the next value and the news, or the refusal. Two things always hold: a group has an owner, and nobody is both member
/// and waiting, invited or banned. Source: docs/protocol/messages.md, "Groups".
/// </summary>
public sealed partial record GroupState(
    ImmutableSortedDictionary<Address, GroupMember> Members,
    ImmutableSortedDictionary<Address, GroupRequest> Requests,
    ImmutableSortedSet<Address> Invited,
    ImmutableSortedSet<Address> Banned)
{
    public static readonly GroupState Empty = new(
        ImmutableSortedDictionary<Address, GroupMember>.Empty,
        ImmutableSortedDictionary<Address, GroupRequest>.Empty,
        [], []);

    /// <summary>A new group and its first owner.</summary>
    public static GroupState Founded(Address owner, DateTimeOffset now) => Empty.WithMember(
        new GroupMember(owner, GroupRole.Owner, now, []));

    public GroupRole? RoleOf(Address who) => Members.GetValueOrDefault(who)?.Role;

    public bool IsModerator(Address who) => RoleOf(who) >= GroupRole.Moderator;

    /// <summary>Those who hear what happens: moderators and owners.</summary>
    public IEnumerable<Address> Moderators =>
        Members.Values.Where(m => m.Role >= GroupRole.Moderator).Select(m => m.Who);

    public GroupOutcome Join(JoinWish wish, GroupPolicy policy, GroupLimits limits, DateTimeOffset now)
    {
        if (wish.Classes is { } classes && classes.Length > limits.MaxClasses)
            return Refused(Refusal.TooMany);
        if (!wish.Asker.Equals(wish.Who))
            return JoinOther(wish, policy, limits, now);
        if (Banned.Contains(wish.Who))
            return Refused(Refusal.Forbidden);
        if (Members.GetValueOrDefault(wish.Who) is { } member)
            return Change(member, wish);
        if (wish.Role is not (null or GroupRole.Member))
            return Refused(Refusal.Forbidden);
        if (Invited.Contains(wish.Who) || policy.Join == JoinPolicy.Open)
            return Admit(wish.Who, GroupRole.Member, wish.Classes, policy, limits, now);
        return policy.Join == JoinPolicy.Ask ? Ask(wish, limits, now) : Refused(Refusal.Forbidden);
    }

    /// <summary>A moderator lets somebody in who asked, or invites somebody who did not.</summary>
    public GroupOutcome Approve(
        Address asker, Address who, GroupPolicy policy, GroupLimits limits, DateTimeOffset now) =>
        JoinOther(new JoinWish(asker, who, null, null), policy, limits, now);

    /// <summary>A moderator turns a request down: explicitly and it is over, politely and it waits for ever.</summary>
    public GroupOutcome Deny(Address asker, Address who, bool isExplicit)
    {
        if (!IsModerator(asker))
            return Refused(Refusal.Forbidden);
        if (Requests.GetValueOrDefault(who) is not { } request)
            return Refused(Refusal.NotFound);
        return isExplicit
            ? Told(this with { Requests = Requests.Remove(who) }, who, GroupStanding.Denied)
            : Silent(this with { Requests = Requests.SetItem(who, request with { IsDenied = true }) }, GroupStanding.Pending);
    }

    /// <summary>
    /// Ends a membership, a request or an invitation; one's own, or as a moderator that of somebody below. 404 if there is
    /// none. The last owner cannot leave (405): he hands the group over or destroys it.
    /// </summary>
    public GroupOutcome Leave(Address asker, Address who)
    {
        var isOwn = asker.Equals(who);
        if (!isOwn && !MayRule(asker, who))
            return Refused(Refusal.Forbidden);
        if (IsLastOwner(who))
            return Refused(Refusal.NotAllowed);
        return Knows(who)
            ? Told(Without(who), who, isOwn ? GroupStanding.Left : GroupStanding.Removed)
            : Refused(Refusal.NotFound);
    }

    /// <summary>A moderator puts somebody out for good; the last owner and those above stay.</summary>
    public GroupOutcome Ban(Address asker, Address who, GroupLimits limits)
    {
        if (!MayRule(asker, who) || asker.Equals(who))
            return Refused(Refusal.Forbidden);
        if (Banned.Contains(who))
            return Silent(this, GroupStanding.Banned);
        if (Banned.Count >= limits.MaxBanned)
            return Refused(Refusal.TooMany);
        var next = Without(who);
        next = next with { Banned = next.Banned.Add(who) };
        return Knows(who) ? Told(next, who, GroupStanding.Banned) : Silent(next, GroupStanding.Banned);
    }

    public GroupOutcome Unban(Address asker, Address who) => IsModerator(asker)
        ? Silent(this with { Banned = Banned.Remove(who) }, GroupStanding.Left)
        : Refused(Refusal.Forbidden);

    /// <summary>
    /// The account is gone. If it was the last owner, the moderator, else the member, who has been there longest takes over.
    /// Null if nobody is left: the group ends.
    /// </summary>
    public GroupState? Lose(Address who)
    {
        var next = Without(who);
        next = next with { Banned = next.Banned.Remove(who) };
        if (next.Members.IsEmpty || next.Members.Values.Any(m => m.Role == GroupRole.Owner))
            return next.Members.IsEmpty ? null : next;
        var heir = next.Members.Values
            .OrderByDescending(m => m.Role).ThenBy(m => m.Since).ThenBy(m => m.Who).First();
        return next.WithMember(heir with { Role = GroupRole.Owner });
    }
}

/// <summary>The next state with where the person concerned stands now and what is to be told, or the refusal.</summary>
/// <param name="State">The next state; unchanged with a refusal.</param>
/// <param name="Standing">Where the person concerned stands.</param>
/// <param name="Role">His role if he is a member.</param>
/// <param name="News">What is to be told, or null.</param>
/// <param name="Refusal">Why nothing happened, or null.</param>
public sealed record GroupOutcome(
    GroupState State, GroupStanding Standing, GroupRole? Role, MemberNews? News, Refusal? Refusal);
