using Presence.Model.Access;
using Presence.Model.Addresses;
using static Presence.Model.Tests.Access.Entries;

namespace Presence.Model.Tests.Access;

/// <summary>The one decision, step by step as docs/protocol/access.md gives it.</summary>
public sealed class NodeAccessTests
{
    private const string Bob = "bob@b.example";
    private static readonly Principal BobHimself = Principal.Person(Address.Parse(Bob));

    [Theory]
    // principal: the most specific one wins; everyone means everyone who has authenticated
    [InlineData("anon", "allow * read", Verdict.Deny)]
    [InlineData("anon", "allow anon read", Verdict.Allow)]
    [InlineData(Bob, "allow anon read", Verdict.Deny)]
    [InlineData(Bob, "allow * read|deny anon all", Verdict.Allow)]
    [InlineData(Bob, "allow owner read", Verdict.Deny)]
    [InlineData("alice@a.example", "deny * all", Verdict.Allow)]
    // effect, without any list of persons
    [InlineData(Bob, "ask * read", Verdict.Ask)]
    [InlineData(Bob, "polite * read", Verdict.Fake)]
    [InlineData(Bob, "polite * read|allow bob@b.example read", Verdict.Allow)]
    [InlineData(Bob, "polite bob@b.example read|deny bob@b.example read|ask bob@b.example read", Verdict.Fake)]
    [Trait("Conformance", "ACL-02")]
    public void A_list_alone_decides_by_its_best_entry(string asker, string lines, Verdict verdict) =>
        Assert.Equal(verdict, Node(lines.Split('|')).Judge(asker, "read", "status").Verdict);

    [Theory]
    [InlineData("allow * read", false, Verdict.Fake)]
    [InlineData("ask * read", false, Verdict.Mute)]
    [InlineData("deny * read", false, Verdict.Deny)]
    [InlineData("polite * read", false, Verdict.Fake)]
    [InlineData("allow * read", true, Verdict.Deny)]
    [InlineData("ask * read", true, Verdict.Deny)]
    [InlineData("allow bob@b.example all", false, Verdict.Fake)]
    [InlineData("allow bob@b.example all", true, Verdict.Deny)]
    [Trait("Conformance", "ACL-07")]
    public void A_block_beats_every_entry_and_keeps_what_the_list_would_have_said(
        string line, bool isExplicit, Verdict verdict) =>
        Assert.Equal(verdict, Blocked(Node(line), BobHimself, isExplicit, Rights.All).Judge(Bob, "read", "status").Verdict);

    [Fact]
    [Trait("Conformance", "ACL-07")]
    public void The_owner_is_never_blocked_from_the_own_node()
    {
        var everybody = Blocked(Node("deny * all"), Principal.UsersOf(Domain.Parse("a.example")), true, Rights.All);
        Assert.Equal(Verdict.Allow, everybody.Judge("alice@a.example", "acl", "status").Verdict);
        Assert.Equal(Verdict.Deny, everybody.Judge("dave@a.example", "read", "status").Verdict);
    }

    [Fact]
    public void A_block_takes_only_the_rights_of_its_scope()
    {
        var access = Blocked(Node("allow * read,send"), BobHimself, false, Rights.Send);
        Assert.Equal(Verdict.Fake, access.Judge(Bob, "send", "inbox").Verdict);
        Assert.Equal(Verdict.Allow, access.Judge(Bob, "read", "status").Verdict);
    }

    [Fact]
    public void Of_two_blocks_the_more_specific_says_how()
    {
        var access = Blocked(
            Blocked(Node("allow * read"), Principal.UsersOf(Domain.Parse("b.example")), true, Rights.All),
            BobHimself, false, Rights.All);
        Assert.Equal(Verdict.Fake, access.Judge(Bob, "read", "status").Verdict);
        Assert.Equal(Verdict.Deny, access.Judge("carol@b.example", "read", "status").Verdict);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("sub")]
    [InlineData("send")]
    [InlineData("invite")]
    [Trait("Conformance", "ACL-08")]
    public void In_mode_only_nobody_off_the_allow_list_gets_anything_true(string right)
    {
        var access = Node("allow * all") with { Mode = new PrivacyMode(true, false, 5) };
        Assert.Equal(new Judgement(Verdict.Fake, 5), access.Judge(Bob, right, "status"));
        Assert.Equal(Verdict.Deny, (access with { Mode = new PrivacyMode(true, true, 5) }).Judge(Bob, right, "status").Verdict);
        Assert.Equal(Verdict.Allow, Allowed(access, BobHimself).Judge(Bob, right, "status").Verdict);
    }

    [Fact]
    public void Being_on_the_allow_list_grants_nothing_and_lifts_no_block()
    {
        var access = Allowed(Node("ask * sub"), BobHimself) with { Mode = new PrivacyMode(true, false, 5) };
        Assert.Equal(Verdict.Ask, access.Judge(Bob, "sub", "status").Verdict);
        Assert.Equal(Verdict.Mute, Blocked(access, BobHimself, false, Rights.All).Judge(Bob, "sub", "status").Verdict);
    }

    [Fact]
    public void Who_is_taken_off_the_allow_list_keeps_what_he_saw_until_then()
    {
        var access = Node("allow * read") with { Mode = new PrivacyMode(true, false, 5) };
        access = access with
        {
            Persons = access.Persons.With(new PersonEntry(PersonEffect.Dropped, BobHimself, false, Rights.All, 9), 9),
        };
        Assert.Equal(new Judgement(Verdict.Fake, 9), access.Judge(Bob, "read", "status"));
        Assert.Equal([5L, 9L], access.PastMoments.Order());
    }

    [Fact]
    [Trait("Conformance", "ACL-05")]
    public void The_nearest_list_upward_applies_alone_and_its_removal_brings_the_next_one_back()
    {
        var photos = PropertyPath.Parse("x.photos");
        var access = Node("allow * read").WithList(photos, List("allow carol@c.example read"));
        Assert.Equal(Verdict.Deny, access.Judge(Bob, "read", "x.photos/one").Verdict);
        Assert.Equal(Verdict.Allow, access.Judge("carol@c.example", "read", "x.photos/one/thumb").Verdict);
        Assert.Equal(Verdict.Allow, access.Judge(Bob, "read", "x.photos2").Verdict);

        access = access.WithList(photos, AccessList.Empty);
        Assert.Equal(Verdict.Allow, access.Judge(Bob, "read", "x.photos/one").Verdict);
    }

    [Fact]
    public void The_right_to_a_container_is_the_strictest_that_can_be_told_apart_below_it()
    {
        var secret = PropertyPath.Parse("x.box/secret");
        var box = PropertyPath.Parse("x.box");
        var access = Node("allow * sub");
        Assert.True(access.JudgeBelow(Who(Bob), Rights.Subscribe, box).IsAllowed);
        Assert.Equal(
            Verdict.Deny,
            access.WithList(secret, List("allow carol@c.example sub")).JudgeBelow(Who(Bob), Rights.Subscribe, box).Verdict);
        Assert.Equal(
            Verdict.Ask,
            Node("allow * sub", "ask bob@b.example sub path=x.box/secret").JudgeBelow(Who(Bob), Rights.Subscribe, box).Verdict);
    }

    [Fact]
    [Trait("Conformance", "ACL-19")]
    public void A_ceiling_restricts_and_never_extends_and_a_floor_extends()
    {
        var ceiling = AccessPolicy.ReadLines(["deny *@b.example send", "allow * all"]).List;
        var access = Node("allow * read,send") with { Policy = AccessPolicy.Default with { Ceiling = ceiling } };
        Assert.Equal(Verdict.Deny, access.Judge(Bob, "send", "inbox").Verdict);
        Assert.Equal(Verdict.Allow, access.Judge(Bob, "read", "status").Verdict);
        Assert.Equal(Verdict.Deny, access.Judge(Bob, "write", "status").Verdict);
        Assert.Equal(Verdict.Allow, access.Judge("carol@c.example", "send", "inbox").Verdict);

        var floor = AccessPolicy.ReadLines(["allow *@a.example read path=presence"]).List;
        var floored = Node("deny * all") with { Policy = AccessPolicy.Default with { Floor = floor } };
        Assert.Equal(Verdict.Allow, floored.Judge("dave@a.example", "read", "status").Verdict);
        Assert.Equal(Verdict.Deny, floored.Judge("dave@a.example", "read", "photo").Verdict);
        Assert.Equal(
            Verdict.Fake,
            Blocked(floored, Principal.Person(Address.Parse("dave@a.example")), false, Rights.All)
                .Judge("dave@a.example", "read", "status").Verdict);
    }

    [Fact]
    public void A_ceiling_on_a_part_bounds_the_right_to_the_whole()
    {
        var ceiling = AccessPolicy.ReadLines(["deny * sub path=x.box/secret"]).List;
        var access = Node("allow * sub") with { Policy = AccessPolicy.Default with { Ceiling = ceiling } };

        Assert.Equal(Verdict.Deny, access.JudgeBelow(Who(Bob), Rights.Subscribe, PropertyPath.Parse("x.box")).Verdict);
        Assert.True(access.JudgeBelow(Who(Bob), Rights.Subscribe, PropertyPath.Parse("x.other")).IsAllowed);
    }

    [Fact]
    [Trait("Conformance", "ACL-20")]
    public void Membership_counts_as_it_is_at_the_moment_of_the_question()
    {
        var chess = Address.Parse("chess@a.example");
        var access = Node("allow member:chess@a.example read", "deny * read");
        Assert.Equal([chess], access.NamedGroups);
        var bob = Asker.Of(Address.Parse(Bob));
        Assert.Equal(Verdict.Deny, access.Judge(bob, Rights.Read, PropertyPath.Root).Verdict);
        Assert.Equal(Verdict.Allow, access.Judge(bob with { Groups = [chess] }, Rights.Read, PropertyPath.Root).Verdict);
    }

    [Fact]
    public void A_passphrase_counts_for_those_who_have_proven_it()
    {
        var access = Node("allow pass:diary read");
        var bob = Asker.Of(Address.Parse(Bob));
        Assert.Equal(Verdict.Deny, access.Judge(bob, Rights.Read, PropertyPath.Root).Verdict);
        Assert.Equal(Verdict.Allow, access.Judge(bob with { Passphrases = ["diary"] }, Rights.Read, PropertyPath.Root).Verdict);
    }

    [Theory]
    [InlineData("deny *@b.example")]
    [InlineData("deny *@b.example fly")]
    [InlineData("deny nobody read")]
    [InlineData("deny * read path=a//b")]
    [InlineData("deny * read path=note extra")]
    public void A_line_that_cannot_be_read_is_named(string line) =>
        Assert.Equal(line, AccessPolicy.ReadLines(["allow * read", line]).BadLine);

    private static NodeAccess Blocked(NodeAccess access, Principal who, bool isExplicit, Rights scope) => access with
    {
        Persons = access.Persons.With(new PersonEntry(PersonEffect.Block, who, isExplicit, scope, 7), 7),
    };

    private static NodeAccess Allowed(NodeAccess access, Principal who) => access with
    {
        Persons = access.Persons.With(new PersonEntry(PersonEffect.Allow, who, false, Rights.All, 7), 7),
    };
}
