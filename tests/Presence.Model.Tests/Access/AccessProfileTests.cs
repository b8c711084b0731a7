using Presence.Model.Access;
using Presence.Model.Addresses;

namespace Presence.Model.Tests.Access;

/// <summary>docs/protocol/access.md, "Defaults", written down a second time.</summary>
public sealed class AccessProfileTests
{
    private const string Bob = "bob@b.example";
    private const string Colleague = "carol@a.example";

    [Theory]
    [InlineData("sub", "status", Effect.Ask)]
    [InlineData("sub", "note", Effect.Ask)]
    [InlineData("sub", "mood", Effect.Ask)]
    [InlineData("sub", "ep/desk/status", Effect.Deny)]
    [InlineData("read", "status", Effect.Deny)]
    [InlineData("read", "name", Effect.Allow)]
    [InlineData("read", "photo", Effect.Allow)]
    [InlineData("sub", "photo", Effect.Deny)]
    [InlineData("send", "inbox", Effect.Ask)]
    [InlineData("send", "status", Effect.Deny)]
    [InlineData("invite", "", Effect.Deny)]
    [InlineData("read", "contacts", Effect.Deny)]
    [InlineData("list", "", Effect.Deny)]
    [InlineData("write", "note", Effect.Deny)]
    public void The_standard_profile_gives_strangers_what_the_documents_say(string right, string path, Effect effect) =>
        Assert.Equal(effect, Decide(AccessProfile.Standard, Bob, right, path));

    [Theory]
    [InlineData(Colleague, "read", "status", Effect.Allow)]
    [InlineData(Colleague, "sub", "note", Effect.Allow)]
    [InlineData(Colleague, "send", "inbox", Effect.Allow)]
    [InlineData(Colleague, "invite", "", Effect.Allow)]
    [InlineData(Colleague, "read", "contacts", Effect.Deny)]
    [InlineData(Bob, "read", "status", Effect.Deny)]
    [InlineData(Bob, "sub", "status", Effect.Ask)]
    [InlineData(Bob, "read", "name", Effect.Allow)]
    [InlineData(Bob, "send", "inbox", Effect.Ask)]
    [InlineData(Bob, "invite", "", Effect.Deny)]
    public void The_corporate_profile_trusts_colleagues(string who, string right, string path, Effect effect) =>
        Assert.Equal(effect, Decide(AccessProfile.Corporate, who, right, path));

    [Theory]
    [InlineData(Colleague, "sub", "status", Effect.Ask)]
    [InlineData(Colleague, "read", "name", Effect.Allow)]
    [InlineData(Colleague, "send", "inbox", Effect.Deny)]
    [InlineData(Bob, "sub", "status", Effect.Ask)]
    [InlineData(Bob, "read", "status", Effect.Deny)]
    [InlineData(Bob, "read", "name", Effect.Deny)]
    [InlineData(Bob, "send", "inbox", Effect.Deny)]
    [InlineData(Bob, "invite", "", Effect.Deny)]
    public void The_strict_profile_lets_nobody_write_before_he_is_approved(
        string who, string right, string path, Effect effect) =>
        Assert.Equal(effect, Decide(AccessProfile.Strict, who, right, path));

    [Theory]
    [InlineData("read", "status", Effect.Allow)]
    [InlineData("sub", "note", Effect.Allow)]
    [InlineData("send", "inbox", Effect.Allow)]
    [InlineData("invite", "", Effect.Allow)]
    [InlineData("read", "contacts", Effect.Deny)]
    [InlineData("write", "note", Effect.Deny)]
    public void The_open_profile_hides_only_what_is_the_owners(string right, string path, Effect effect) =>
        Assert.Equal(effect, Decide(AccessProfile.Open, Bob, right, path));

    private static Effect Decide(AccessProfile profile, string who, string right, string path) =>
        AccessProfiles.Of(profile, Domain.Parse("a.example")).Decide(who, right, path);
}
