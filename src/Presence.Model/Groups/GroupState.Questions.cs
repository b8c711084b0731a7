using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Model.Groups;

/// <content>What others may do with the group.</content>
public sealed partial record GroupState
{
    /// <summary>
    /// Why somebody may not send, or null. A rule makes members of those it covers; whom a ban or a muting names is not
    /// helped by it.
    /// </summary>
    /// <param name="author">Who wants to send.</param>
    /// <param name="policy">What the owners have set.</param>
    /// <param name="isCovered">True if the rule of the group covers him.</param>
    public Refusal? CheckSender(Address author, GroupPolicy policy, bool isCovered)
    {
        var role = RoleOf(author) ?? (isCovered ? GroupRole.Member : null);
        return Banned.Contains(author) || role == GroupRole.Muted || !GroupPolicy.IsWithin(policy.Send, role)
            ? Refusal.Forbidden
            : null;
    }

    /// <summary>Whether somebody sees the members, their number only, or nothing.</summary>
    public ListSight SightOf(Address asker, GroupPolicy policy, bool isCovered)
    {
        var role = RoleOf(asker) ?? (isCovered ? GroupRole.Member : null);
        if (role == GroupRole.Owner)
            return ListSight.Members;
        if (Banned.Contains(asker) || !GroupPolicy.IsWithin(policy.List, role))
            return ListSight.Nothing;
        return policy.IsAnonymous && !(role >= GroupRole.Moderator) ? ListSight.Count : ListSight.Members;
    }

    /// <summary>Who gets a message: members that want its class, without its author.</summary>
    public IEnumerable<Address> Recipients(Address author, ClassPattern? name) =>
        Listeners(name).Where(who => !who.Equals(author));

    /// <summary>The same, whoever wrote it.</summary>
    public IEnumerable<Address> Listeners(ClassPattern? name) => Members.Values.Where(m => m.Wants(name)).Select(m => m.Who);
}

/// <summary>What of the list of members somebody sees.</summary>
public enum ListSight
{
    Nothing = 0,
    Count = 1,
    Members = 2,
}
