using Presence.Model.Access;
using Presence.Model.Addresses;
using static Presence.Model.Tests.Access.Entries;

namespace Presence.Model.Tests.Access;

public sealed class ApprovalTests
{
    private const string Bob = "bob@b.example";
    private static readonly Address Who = Address.Parse(Bob);
    private static readonly AccessList Standard = AccessProfiles.Of(AccessProfile.Standard, Domain.Parse("a.example"));
    private static readonly PropertyPath Status = PropertyPath.Parse("status");

    [Theory]
    [InlineData("read", "status", Effect.Allow)]
    [InlineData("sub", "status", Effect.Allow)]
    [InlineData("sub", "note", Effect.Allow)]
    [InlineData("read", "icon", Effect.Allow)]
    [InlineData("send", "inbox", Effect.Allow)]
    [InlineData("invite", "", Effect.Allow)]
    [InlineData("read", "contacts", Effect.Deny)]
    [InlineData("read", "ep/desk/status", Effect.Deny)]
    [InlineData("sub", "photo", Effect.Deny)]
    [InlineData("read", "", Effect.Deny)]
    [InlineData("write", "status", Effect.Deny)]
    [InlineData("list", "", Effect.Deny)]
    [InlineData("acl", "status", Effect.Deny)]
    [Trait("Conformance", "ACL-03")]
    public void Approval_opens_presence_and_messages_and_nothing_else(string right, string path, Effect effect) =>
        Assert.Equal(effect, Grant(Standard, Who, Status, null).Decide(Bob, right, path));

    [Theory]
    [InlineData("carol@b.example")]
    [InlineData("bob@sub.b.example")]
    [InlineData("b.example")]
    [Trait("Conformance", "ACL-03")]
    public void Approval_of_one_person_changes_nothing_for_others(string other)
    {
        var list = Grant(Standard, Who, Status, null);
        Assert.Equal(Effect.Ask, list.Decide(other, "sub", "status"));
        Assert.Equal(Effect.Ask, list.Decide(other, "send", "inbox"));
        Assert.Equal(Effect.Deny, list.Decide(other, "read", "status"));
    }

    [Fact]
    public void Approval_with_rights_grants_exactly_these_on_the_path()
    {
        var list = Grant(Standard, Who, Status, Rights.Read);
        Assert.Equal(Effect.Allow, list.Decide(Bob, "read", "status"));
        Assert.Equal(Effect.Deny, list.Decide(Bob, "read", "note"));
        Assert.Equal(Effect.Ask, list.Decide(Bob, "sub", "status"));
        Assert.Equal(Effect.Ask, list.Decide(Bob, "send", "inbox"));
    }

    [Fact]
    public void Approval_twice_is_approval_once()
    {
        var once = Grant(Standard, Who, Status, null);
        Assert.Equal(once.Entries, Grant(once, Who, Status, null).Entries);
    }

    [Fact]
    public void An_explicit_denial_takes_all_grants_back()
    {
        var list = Grant(Standard, Who, Status, null);
        list = Grant(list, Who, PropertyPath.Parse("ep"), Rights.Read);
        Assert.Equal(Standard.Entries.Add(Entry("deny bob@b.example read,sub path=presence")), Withdraw(list, Who).Entries);
    }

    [Fact]
    public void A_polite_denial_of_a_stranger_goes_on_looking_like_a_request_that_waits()
    {
        var denied = Approval.Withdraw(Node(Standard), Who, Status, isExplicit: false, 7);
        Assert.Equal(Verdict.Mute, denied.Judge(Bob, "sub", "status").Verdict);
        Assert.Equal(Verdict.Mute, denied.Judge(Bob, "send", "inbox").Verdict);
        Assert.Equal(Verdict.Deny, denied.Judge(Bob, "read", "status").Verdict);
    }

    [Fact]
    public void A_polite_denial_of_a_watcher_holds_him_at_the_moment_and_an_approval_lets_him_go()
    {
        var approved = Approval.Grant(Node(Standard), Who, Status, null, 5);
        var denied = Approval.Withdraw(approved, Who, Status, isExplicit: false, 7);
        Assert.Equal(new Judgement(Verdict.Fake, 7), denied.Judge(Bob, "read", "status"));
        Assert.Equal([7L], denied.PastMoments);

        var again = Approval.Grant(denied, Who, Status, null, 9);
        Assert.Equal(Verdict.Allow, again.Judge(Bob, "read", "status").Verdict);
        Assert.Empty(again.PastMoments);
    }

    [Fact]
    public void A_polite_denial_that_is_repeated_shows_the_same_moment()
    {
        var approved = Approval.Grant(Node(Standard), Who, Status, null, 5);
        var denied = Approval.Withdraw(approved, Who, Status, isExplicit: false, 7);
        var again = Approval.Withdraw(denied, Who, Status, isExplicit: false, 9);
        Assert.Equal(new Judgement(Verdict.Fake, 7), again.Judge(Bob, "read", "status"));
        Assert.Equal([7L], again.PastMoments);
    }

    [Theory]
    [InlineData(Rights.Send, Rights.All, 9)]
    [InlineData(Rights.Send, Rights.Send, 6)]
    [InlineData(Rights.Read | Rights.Subscribe, Rights.All, 6)]
    [InlineData(Rights.All, Rights.Send, 6)]
    public void A_wider_block_begins_a_moment_if_something_was_seen_until_now(Rights before, Rights after, long since)
    {
        var who = Principal.Person(Who);
        var list = PersonList.Empty.With(new PersonEntry(PersonEffect.Block, who, IsExplicit: false, before, 6), 6);
        Assert.Equal(since, list.PoliteSince(who, after, 9));
    }

    [Fact]
    public void Approval_below_an_own_list_changes_that_list_and_forks_none()
    {
        var note = PropertyPath.Parse("note");
        var access = Node(Standard).WithList(note, List("allow carol@c.example read"));
        Assert.Equal(
            Verdict.Allow, Approval.Grant(access, Who, note, Rights.Read, 9).Judge(Bob, "read", "note").Verdict);
        Assert.Equal([note], Approval.Grant(access, Who, Status, Rights.Read, 9).Lists.Keys);
    }

    [Fact]
    public void An_explicit_denial_forbids_asking_again_and_a_later_approval_lifts_it()
    {
        var denied = Withdraw(Standard, Who);
        Assert.Equal(Effect.Deny, denied.Decide(Bob, "sub", "status"));
        Assert.Equal(Effect.Deny, denied.Decide(Bob, "read", "note"));
        Assert.Equal(Effect.Ask, denied.Decide("carol@b.example", "sub", "status"));

        var approved = Grant(denied, Who, Status, null);
        Assert.Equal(Effect.Allow, approved.Decide(Bob, "sub", "status"));
        Assert.Equal(
            Grant(Standard, Who, Status, null).Entries, approved.Entries);
    }

    [Fact]
    public void Approval_of_one_right_lifts_only_the_denials_in_its_way()
    {
        var denied = Withdraw(Standard, Who);

        var mayWrite = Grant(denied, Who, PropertyPath.Parse("inbox"), Rights.Send);
        Assert.Equal(Effect.Allow, mayWrite.Decide(Bob, "send", "inbox"));
        Assert.Equal(Effect.Deny, mayWrite.Decide(Bob, "sub", "status"));

        var mayRead = Grant(denied, Who, Status, Rights.Read);
        Assert.Equal(Effect.Allow, mayRead.Decide(Bob, "read", "status"));
        Assert.Equal(Effect.Deny, mayRead.Decide(Bob, "sub", "status"));
    }

    [Theory]
    [InlineData("deny bob@b.example write path=note")]
    [InlineData("deny bob@b.example read path=contacts")]
    [InlineData("deny *@b.example read,sub,send")]
    [InlineData("deny carol@b.example all")]
    public void Approval_leaves_denials_of_other_things_alone(string denial) =>
        Assert.Contains(Entry(denial), Grant(List(denial), Who, Status, null).Entries);

    [Theory]
    [InlineData("deny bob@b.example all")]
    [InlineData("ask bob@b.example all")]
    [InlineData("deny bob@b.example read,sub,send path=presence")]
    [InlineData("deny bob@b.example read,sub path=status")]
    [InlineData("ask bob@b.example sub path=status")]
    [InlineData("deny *@b.example all")]
    public void What_is_approved_is_allowed_whatever_stood_there(string line)
    {
        var list = Grant(List(line), Who, Status, null);
        Assert.Equal(Effect.Allow, list.Decide(Bob, "read", "status"));
        Assert.Equal(Effect.Allow, list.Decide(Bob, "sub", "status"));
        Assert.Equal(Effect.Allow, list.Decide(Bob, "send", "inbox"));
    }

    [Fact]
    public void An_approval_of_somebody_about_whom_nothing_was_said_only_adds_entries()
    {
        var before = Approval.Grant(Node(Standard), Address.Parse("carol@b.example"), PropertyPath.Root, null, 5);
        var after = Approval.Grant(before, Who, PropertyPath.Root, null, 9);

        Assert.True(after.HasOnlyGained(before));
        Assert.Equal(before.Added.Entries, after.Added.Entries.Take(before.Added.Entries.Length));
        Assert.Equal(2, after.Added.Entries.Length - before.Added.Entries.Length);
    }

    [Fact]
    public void An_approval_that_takes_a_denial_or_a_block_back_does_more_than_add_entries()
    {
        var denied = Approval.Withdraw(Node(Standard), Who, PropertyPath.Root, isExplicit: true, 5);
        var blocked = Approval.Withdraw(Node(Standard), Who, PropertyPath.Root, isExplicit: false, 5);

        Assert.False(Approval.Grant(denied, Who, PropertyPath.Root, null, 9).HasOnlyGained(denied));
        Assert.False(Approval.Grant(blocked, Who, PropertyPath.Root, null, 9).HasOnlyGained(blocked));
        Assert.False(denied.HasOnlyGained(Approval.Grant(denied, Who, PropertyPath.Root, null, 9)));
    }
}
