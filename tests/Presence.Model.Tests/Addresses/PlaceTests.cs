using Presence.Model.Addresses;

namespace Presence.Model.Tests.Addresses;

public sealed class PlaceTests
{
    private static readonly Address Alice = Address.Parse("alice@a.example");

    [Theory]
    [InlineData("~", "alice@a.example")]
    [InlineData("~/status", "alice@a.example/status")]
    [InlineData("~/ep/desk/status", "alice@a.example/ep/desk/status")]
    [InlineData("bob@b.example", "bob@b.example")]
    [InlineData("bob@b.example/status", "bob@b.example/status")]
    [InlineData("bob@b.example/ep/phone", "bob@b.example/ep/phone")]
    [InlineData("b.example", "b.example")]
    [InlineData("b.example/interest/games.chess", "b.example/interest/games.chess")]
    [InlineData("chess@a.example/members", "chess@a.example/members")]
    [InlineData("bob@[2001:db8::1]/status", "bob@[2001:db8::1]/status")]
    [InlineData("b.example/ep/x@y:z", "b.example/ep/x@y:z")]
    public void A_place_is_read_written_and_resolved(string wire, string resolved)
    {
        Assert.True(Place.TryParseCanonical(wire, out var place, out var fault), fault.Word);
        Assert.Equal(wire, place.ToString());
        Assert.Equal(wire[0] == '~', place.IsOwn);
        Assert.Equal(resolved, place.Resolve(Alice).ToString());
        Assert.False(place.Resolve(Alice).IsOwn);
    }

    [Theory]
    [InlineData("BOB@B.Example/Status", "bob@b.example/Status")]
    [InlineData("~/%73tatus", "~/status")]
    [Trait("Conformance", "LOC-02")]
    public void Another_spelling_is_canonicalised_or_refused(string wire, string canonical)
    {
        Assert.Equal(canonical, Place.Parse(wire).ToString());
        Assert.False(Place.TryParseCanonical(wire, out _, out var fault));
        Assert.Equal(AddressFault.NotCanonical, fault);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("/status", "empty")]
    [InlineData("~/", "path-segment")]
    [InlineData("bob@b.example/", "path-segment")]
    [InlineData("~status", "domain-character")]
    [InlineData("~@b.example", "local-character")]
    [InlineData("bob%40b.example", "domain-character")]
    [InlineData("bob:pw@b.example/status", "password")]
    public void What_is_no_place_is_refused_with_the_reason(string? wire, string word)
    {
        Assert.False(Place.TryParse(wire, out var place, out var fault));
        Assert.Equal(word, fault.Word);
        Assert.Equal(default, place);
    }

    [Fact]
    public void The_default_value_is_the_own_node()
    {
        Assert.Equal(Place.Own(), default);
        Assert.Equal("~", default(Place).ToString());
        Assert.Equal("~/status", Place.Own().At(PropertyPath.Parse("status")).ToString());
    }
}
