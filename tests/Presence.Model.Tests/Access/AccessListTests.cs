using Presence.Model.Access;
using Presence.Model.Addresses;
using static Presence.Model.Tests.Access.Entries;

namespace Presence.Model.Tests.Access;

public sealed class AccessListTests
{
    private const string Bob = "bob@b.example";

    [Theory]
    [InlineData(Effect.Deny, "")]
    [InlineData(Effect.Allow, "allow * read")]
    // The most specific principal wins, in any order.
    [InlineData(Effect.Allow, "deny * read", "allow *@b.example read")]
    [InlineData(Effect.Allow, "allow *@b.example read", "deny * read")]
    [InlineData(Effect.Deny, "allow * read", "deny *@b.example read")]
    [InlineData(Effect.Allow, "deny *@b.example read", "deny * read", "allow bob@b.example read")]
    [InlineData(Effect.Ask, "allow * read", "deny *@b.example read", "ask bob@b.example read")]
    [InlineData(Effect.Deny, "deny bob@b.example read", "allow *@b.example read", "allow * read")]
    // At equal specificity the stricter effect wins, in any order.
    [InlineData(Effect.Deny, "deny * read", "ask * read", "allow * read")]
    [InlineData(Effect.Deny, "allow * read", "ask * read", "deny * read")]
    [InlineData(Effect.Ask, "allow *@b.example read", "ask *@b.example read")]
    [InlineData(Effect.Deny, "ask bob@b.example read", "deny bob@b.example read")]
    // What speaks of other people, rights or paths does not count.
    [InlineData(Effect.Ask, "ask * read", "allow carol@b.example read", "deny *@c.example read")]
    [InlineData(Effect.Ask, "ask * read", "deny bob@b.example write,sub,send,invite,join,list,acl")]
    [InlineData(Effect.Ask, "ask * read", "deny bob@b.example read path=note")]
    [InlineData(Effect.Ask, "ask * read path=status", "deny bob@b.example read path=status/x")]
    [InlineData(Effect.Deny, "ask * read", "deny bob@b.example all")]
    // The principal decides, not the depth of the path.
    [InlineData(Effect.Deny, "allow bob@b.example read path=status", "deny bob@b.example read")]
    [InlineData(Effect.Allow, "deny * read path=status", "allow bob@b.example read")]
    [Trait("Conformance", "ACL-02")]
    public void The_most_specific_entry_decides_and_then_the_stricter(Effect expected, params string[] lines) =>
        Assert.Equal(expected, List([.. lines.Where(line => line.Length > 0)]).Decide(Bob, "read", "status"));

    [Theory]
    [InlineData("contacts", "contacts", true)]
    [InlineData("contacts", "contacts/carol@c.example", true)]
    [InlineData("contacts", "contacts/carol@c.example/name", true)]
    [InlineData("contacts", "contacts2", false)]
    [InlineData("contacts/carol@c.example", "contacts", false)]
    [InlineData("contacts/carol@c.example", "contacts/carol@c.example.org", false)]
    [InlineData("presence", "status", true)]
    [InlineData("presence", "note", true)]
    [InlineData("presence", "activity", true)]
    [InlineData("presence", "mood", true)]
    [InlineData("presence", "place", true)]
    [InlineData("presence", "tz", true)]
    [InlineData("presence", "icon", true)]
    [InlineData("presence", "name", false)]
    [InlineData("presence", "photo", false)]
    [InlineData("presence", "ep/desk/status", false)]
    [InlineData("presence", "", false)]
    [InlineData("presence", "presence", false)]
    [Trait("Conformance", "ACL-04")]
    public void An_entry_with_a_path_applies_only_at_or_below_it(string scope, string path, bool applies)
    {
        Assert.Equal(
            applies ? Effect.Allow : Effect.Deny, List($"allow * read path={scope}").Decide(Bob, "read", path));
        Assert.Equal(
            applies ? Effect.Deny : Effect.Allow,
            List("allow * read", $"deny * read path={scope}").Decide(Bob, "read", path));
    }

    [Theory]
    [InlineData("mallory@evil.example", true)]
    [InlineData("bob@EVIL.example", true)]
    [InlineData("mallory@sub.evil.example", false)]
    [InlineData("mallory@notevil.example", false)]
    [InlineData("mallory@example", false)]
    [Trait("Conformance", "ACL-09")]
    public void An_entry_for_a_domain_matches_exactly_that_domain(string asker, bool matches) => Assert.Equal(
        matches ? Effect.Deny : Effect.Allow,
        List("allow * read", "deny *@evil.example read").Decide(asker, "read", "status"));

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("sub")]
    [InlineData("send")]
    [InlineData("invite")]
    [InlineData("join")]
    [InlineData("list")]
    [InlineData("acl")]
    [Trait("Conformance", "ACL-01")]
    public void Each_right_stands_alone(string right)
    {
        var list = List($"allow {Bob} {right}");
        foreach (var other in new[] { "read", "write", "sub", "send", "invite", "join", "list", "acl" })
            Assert.Equal(other == right ? Effect.Allow : Effect.Deny, list.Decide(Bob, other, "status"));
        Assert.Equal(Effect.Allow, List($"allow {Bob} all").Decide(Bob, right, "status"));
    }

    [Fact]
    public void An_equal_entry_is_not_added_twice()
    {
        var list = List("allow * read path=note");
        Assert.Same(list, list.With(Entry("allow * read path=note")));
        Assert.Equal(2, list.With(Entry("allow * read path=mood")).Entries.Length);
    }

    [Fact]
    public void Entries_of_one_person_and_one_effect_can_be_taken_out()
    {
        var list = List("allow bob@b.example read", "deny bob@b.example sub", "allow *@b.example read", "allow * read");
        var without = list.Without(Effect.Allow, Address.Parse(Bob));
        Assert.Equal(List("deny bob@b.example sub", "allow *@b.example read", "allow * read").Entries, without.Entries);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*@b.example")]
    [InlineData("anon")]
    [InlineData("owner")]
    [InlineData("member:chess@a.example")]
    [InlineData("pass:diary")]
    [InlineData(Bob)]
    public void A_principal_is_written_as_it_is_read(string principal) =>
        Assert.Equal(principal, Entry($"allow {principal} read").Principal.ToString());

    [Theory]
    [InlineData("read,sub", Rights.Read | Rights.Subscribe)]
    [InlineData("send,invite,join,list,acl,write", Rights.All & ~Rights.Read & ~Rights.Subscribe)]
    [InlineData("read,read", Rights.Read)]
    [InlineData("all", Rights.All)]
    [InlineData("", null)]
    [InlineData("read,", null)]
    [InlineData("read, sub", null)]
    [InlineData("READ", null)]
    [InlineData("x-fly", null)]
    public void Rights_are_words_joined_by_commas(string list, Rights? expected)
    {
        Assert.Equal(expected is not null, RightsWords.TryParse(list, out var rights));
        if (expected is { } wanted)
            Assert.Equal(wanted, rights);
    }
}
