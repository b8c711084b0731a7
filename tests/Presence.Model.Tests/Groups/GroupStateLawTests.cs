using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Groups;

/// <summary>Laws of a group that hold for every history, whoever asks for whatever.</summary>
public sealed class GroupStateLawTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 10, 0, TimeSpan.Zero);
    private static readonly GroupLimits Limits = new(4, 3, 2, 2);
    private static readonly Address[] People =
        [.. new[] { "alice", "bob", "carol", "dave", "erin" }.Select(name => Address.Parse($"{name}@a.example"))];

    private static readonly Gen<Event> AnyEvent =
        from kind in Gen.Choose(0, 5) from asker in Gen.Elements(People) from who in Gen.Elements(People)
        from role in Gen.Elements<GroupRole?>(null, GroupRole.Muted, GroupRole.Member, GroupRole.Moderator, GroupRole.Owner)
        from policy in Gen.Elements(Enum.GetValues<JoinPolicy>()) from flag in Gen.Elements(true, false)
        select new Event(kind, asker, who, role, policy, flag);

    [Fact]
    public void A_group_has_an_owner() => Hold((_, _, outcome) =>
        outcome.State.Members.Values.Any(m => m.Role == GroupRole.Owner));

    [Fact]
    public void Nobody_is_in_two_lists() => Hold((_, _, outcome) =>
    {
        var state = outcome.State;
        var all = state.Members.Keys.Concat(state.Requests.Keys).Concat(state.Invited).Concat(state.Banned).ToList();
        return all.Count == all.Distinct().Count();
    });

    [Fact]
    public void No_list_grows_beyond_its_bound() => Hold((_, _, outcome) =>
        outcome.State.Members.Count <= Limits.MaxMembers && outcome.State.Requests.Count <= Limits.MaxWaiting
        && outcome.State.Invited.Count <= Limits.MaxWaiting && outcome.State.Banned.Count <= Limits.MaxBanned);

    [Fact]
    public void Only_a_moderator_changes_what_others_are() => Hold((before, step, outcome) =>
        before.IsModerator(step.Asker)
        || People.Where(who => !who.Equals(step.Asker)).All(who => before.RoleOf(who) == outcome.State.RoleOf(who)));

    [Fact]
    public void Nobody_becomes_a_member_who_has_not_joined_himself() => Hold((before, step, outcome) =>
        People.All(who => before.RoleOf(who) is not null || outcome.State.RoleOf(who) is null
            || who.Equals(step.Asker) || before.Requests.ContainsKey(who)));

    [Fact]
    public void A_refusal_changes_nothing_and_tells_nothing() => Hold((before, _, outcome) =>
        outcome.Refusal is null || (ReferenceEquals(before, outcome.State) && outcome.News is null));

    private static void Hold(Func<GroupState, Event, GroupOutcome, bool> law) =>
        Prop.ForAll(AnyEvent.ListOf(40).ToArbitrary(), steps =>
        {
            var state = GroupState.Founded(People[0], Now);
            foreach (var step in steps)
            {
                var outcome = step.On(state);
                if (!law(state, step, outcome))
                    return false;
                state = outcome.State;
            }

            return true;
        }).Check(Laws.Seeded);

    private sealed record Event(int Kind, Address Asker, Address Who, GroupRole? Role, JoinPolicy Policy, bool Flag)
    {
        public GroupOutcome On(GroupState state) => Kind switch
        {
            0 => state.Join(new JoinWish(Asker, Asker, Role, null), With(Policy), Limits, Now),
            1 => state.Join(new JoinWish(Asker, Who, Role, null), With(Policy), Limits, Now),
            2 => state.Leave(Asker, Who),
            3 => state.Deny(Asker, Who, Flag),
            4 => state.Ban(Asker, Who, Limits),
            _ => state.Unban(Asker, Who),
        };

        private static GroupPolicy With(JoinPolicy join) => GroupPolicy.Default with { Join = join };
    }
}
