using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Replies;

namespace Presence.Model.Tests.Groups;

public sealed class GroupStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 10, 0, TimeSpan.Zero);
    private static readonly Address Alice = Address.Parse("alice@a.example");
    private static readonly Address Bob = Address.Parse("bob@a.example");
    private static readonly Address Carol = Address.Parse("carol@b.example");
    private static readonly GroupLimits Small = new(3, 1, 1, 2);

    private readonly GroupState _group = GroupState.Founded(Alice, Now);

    [Theory]
    [InlineData(JoinPolicy.Open, GroupStanding.Member, null)]
    [InlineData(JoinPolicy.Ask, GroupStanding.Pending, null)]
    [InlineData(JoinPolicy.Invite, GroupStanding.Left, 403)]
    [InlineData(JoinPolicy.Closed, GroupStanding.Left, 403)]
    public void The_policy_decides_who_joins(JoinPolicy policy, GroupStanding standing, int? code)
    {
        var outcome = Join(_group, Bob, policy);
        Assert.Equal((standing, code), (outcome.Standing, outcome.Refusal?.Code));
    }

    [Theory]
    [InlineData(JoinPolicy.Invite)]
    [InlineData(JoinPolicy.Closed)]
    public void An_invitation_opens_any_group(JoinPolicy policy)
    {
        var invited = Join(_group, Alice, policy, who: Bob);
        Assert.Equal(GroupStanding.Invited, invited.Standing);
        Assert.Null(invited.State.RoleOf(Bob));
        Assert.Equal(GroupRole.Member, Join(invited.State, Bob, policy).Role);
    }

    [Fact]
    public void A_moderator_invites_but_not_to_a_closed_group()
    {
        var group = With(Bob, GroupRole.Moderator);
        Assert.Null(Join(group, Bob, JoinPolicy.Invite, who: Carol).Refusal);
        Assert.Equal(Refusal.Forbidden, Join(group, Bob, JoinPolicy.Closed, who: Carol).Refusal);
    }

    [Fact]
    public void A_request_is_news_once()
    {
        var first = Join(_group, Bob, JoinPolicy.Ask);
        Assert.Equal(new MemberNews(Bob, GroupStanding.Pending, null), first.News);
        Assert.Null(Join(first.State, Bob, JoinPolicy.Ask).News);
    }

    [Fact]
    public void A_polite_denial_is_never_seen_by_the_one_who_waits()
    {
        var asked = Join(_group, Bob, JoinPolicy.Ask).State;
        var denied = asked.Deny(Alice, Bob, isExplicit: false);
        Assert.Null(denied.News);
        var again = Join(denied.State, Bob, JoinPolicy.Ask);
        Assert.Equal((GroupStanding.Pending, null), (again.Standing, again.News));
        Assert.Equal(GroupRole.Member, denied.State.Approve(Alice, Bob, Policy(JoinPolicy.Ask), Small, Now).Role);
    }

    [Theory]
    [InlineData(GroupRole.Muted)]
    [InlineData(GroupRole.Member)]
    public void Who_is_no_moderator_decides_about_nobody(GroupRole role)
    {
        var group = Join(With(Bob, role), Carol, JoinPolicy.Ask).State;
        Assert.Equal(Refusal.Forbidden, group.Approve(Bob, Carol, Policy(JoinPolicy.Ask), Small, Now).Refusal);
        Assert.Equal(Refusal.Forbidden, group.Deny(Bob, Carol, isExplicit: true).Refusal);
        Assert.Equal(Refusal.Forbidden, group.Ban(Bob, Carol, Small).Refusal);
        Assert.Equal(Refusal.Forbidden, group.Unban(Bob, Carol).Refusal);
        Assert.Equal(Refusal.Forbidden, group.Leave(Bob, Carol).Refusal);
        Assert.Equal(Refusal.Forbidden, group.Leave(Bob, Alice).Refusal);
    }

    [Fact]
    public void Nobody_raises_himself_or_gives_more_than_he_has()
    {
        var group = With(Bob, GroupRole.Moderator);
        Assert.Equal(Refusal.Forbidden, Join(group, Bob, JoinPolicy.Open, role: GroupRole.Owner).Refusal);
        Assert.Equal(Refusal.Forbidden, Join(group, Bob, JoinPolicy.Open, Carol, GroupRole.Owner).Refusal);
        Assert.Equal(Refusal.Forbidden, Join(group, Bob, JoinPolicy.Open, Alice, GroupRole.Member).Refusal);
        Assert.Equal(Refusal.Forbidden, Join(_group, Carol, JoinPolicy.Open, role: GroupRole.Moderator).Refusal);
    }

    [Fact]
    public void The_last_owner_stays()
    {
        Assert.Equal(Refusal.NotAllowed, _group.Leave(Alice, Alice).Refusal);
        Assert.Equal(Refusal.NotAllowed, Join(_group, Alice, JoinPolicy.Open, role: GroupRole.Member).Refusal);
        var two = Join(With(Bob, GroupRole.Member), Alice, JoinPolicy.Open, Bob, GroupRole.Owner).State;
        Assert.Null(two.Leave(Alice, Alice).Refusal);
    }

    [Fact]
    public void Who_is_banned_is_out_and_stays_out()
    {
        var banned = With(Bob, GroupRole.Member).Ban(Alice, Bob, Small);
        Assert.Equal(GroupStanding.Banned, banned.News!.Standing);
        Assert.Null(banned.State.RoleOf(Bob));
        Assert.Equal(Refusal.Forbidden, Join(banned.State, Bob, JoinPolicy.Open).Refusal);
        Assert.Equal(Refusal.Forbidden, Join(banned.State, Alice, JoinPolicy.Open, who: Bob).Refusal);
        Assert.Equal(Refusal.Forbidden, banned.State.CheckSender(Bob, Policy(send: Audience.All), isCovered: true));
        Assert.Null(Join(banned.State.Unban(Alice, Bob).State, Bob, JoinPolicy.Open).Refusal);
    }

    [Theory]
    [InlineData(Audience.All, null, true)]
    [InlineData(Audience.Members, null, false)]
    [InlineData(Audience.Members, GroupRole.Member, true)]
    [InlineData(Audience.Moderators, GroupRole.Member, false)]
    [InlineData(Audience.Moderators, GroupRole.Moderator, true)]
    [InlineData(Audience.All, GroupRole.Muted, false)]
    [InlineData(Audience.Members, GroupRole.Muted, false)]
    public void The_policy_and_the_role_decide_who_sends(Audience send, GroupRole? role, bool may)
    {
        var group = role is { } known ? With(Bob, known) : _group;
        Assert.Equal(may, group.CheckSender(Bob, Policy(send: send), isCovered: false) is null);
    }

    [Theory]
    [InlineData(Audience.Members, false, null, ListSight.Nothing)]
    [InlineData(Audience.All, false, null, ListSight.Members)]
    [InlineData(Audience.All, true, null, ListSight.Count)]
    [InlineData(Audience.Members, false, GroupRole.Muted, ListSight.Members)]
    [InlineData(Audience.Members, true, GroupRole.Member, ListSight.Count)]
    [InlineData(Audience.Members, true, GroupRole.Moderator, ListSight.Members)]
    [InlineData(Audience.Nobody, false, GroupRole.Moderator, ListSight.Nothing)]
    [InlineData(Audience.Nobody, true, GroupRole.Owner, ListSight.Members)]
    public void The_policy_and_the_role_decide_who_sees_members(
        Audience list, bool isAnonymous, GroupRole? role, ListSight sight)
    {
        var group = role is { } known ? With(Bob, known) : _group;
        Assert.Equal(
            sight, group.SightOf(Bob, Policy(list: list) with { IsAnonymous = isAnonymous }, isCovered: false));
    }

    [Fact]
    public void Each_list_has_a_bound()
    {
        var asked = Join(_group, Bob, JoinPolicy.Ask).State;
        Assert.Equal(Refusal.TooMany, Join(asked, Carol, JoinPolicy.Ask).Refusal);
        var full = With(Bob, GroupRole.Member, Carol);
        Assert.Equal(Refusal.TooMany, Join(full, Address.Parse("dave@a.example"), JoinPolicy.Open).Refusal);
        var classes = ImmutableArray.Create("a", "b", "c").Select(ClassPattern.Parse).ToImmutableArray();
        Assert.Equal(
            Refusal.TooMany,
            _group.Join(new JoinWish(Bob, Bob, null, classes), Policy(JoinPolicy.Open), Small, Now).Refusal);
        Assert.Equal(
            Refusal.TooMany,
            _group.Join(new JoinWish(Bob, Bob, null, null), Policy(JoinPolicy.Open) with { MaxMembers = 1 }, Small, Now)
                .Refusal);
    }

    [Fact]
    public void A_moderator_inherits_the_group_before_an_older_member()
    {
        var group = With(Bob, GroupRole.Member, Carol);
        group = Join(group, Alice, JoinPolicy.Open, Carol, GroupRole.Moderator).State;
        Assert.Equal(GroupRole.Owner, group.Lose(Alice)!.RoleOf(Carol));
        Assert.Null(_group.Lose(Alice));
    }

    private static GroupPolicy Policy(
        JoinPolicy join = JoinPolicy.Ask, Audience send = Audience.Members, Audience list = Audience.Members) =>
        GroupPolicy.Default with { Join = join, Send = send, List = list };

    private static GroupOutcome Join(
        GroupState group, Address asker, JoinPolicy policy, Address? who = null, GroupRole? role = null) =>
        group.Join(new JoinWish(asker, who ?? asker, role, null), Policy(policy), Small, Now);

    private GroupState With(Address who, GroupRole role, Address? other = null)
    {
        var group = Join(_group, who, JoinPolicy.Open).State;
        if (role == GroupRole.Owner || role != GroupRole.Member)
            group = Join(group, Alice, JoinPolicy.Open, who, role).State;
        return other is { } more ? Join(group, more, JoinPolicy.Open).State : group;
    }
}
