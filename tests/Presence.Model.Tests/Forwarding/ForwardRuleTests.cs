using Presence.Model.Addresses;
using Presence.Model.Forwarding;
using Presence.Model.Properties;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Forwarding;

public sealed class ForwardRuleTests
{
    [Fact]
    public void A_rule_is_an_address_and_a_mode_under_one_lease()
    {
        var rule = ForwardRule.Of(With("alice@c.example", "proxy", TimeSpan.FromHours(8)));
        Assert.Equal(
            new ForwardRule(Address.Parse("alice@c.example"), ForwardMode.Proxy, Node.Noon.AddHours(8)), rule);
    }

    [Fact]
    public void Without_a_mode_it_refers() =>
        Assert.Equal(ForwardMode.Refer, ForwardRule.Of(With("alice@c.example", null, null))?.Mode);

    [Theory]
    [InlineData("")]
    [InlineData("c.example")]
    [InlineData("no address")]
    public void What_is_no_persons_address_is_no_rule(string to) => Assert.Null(ForwardRule.Of(With(to, "proxy", null)));

    [Fact]
    public void A_mode_of_a_later_version_is_no_rule() =>
        Assert.Null(ForwardRule.Of(With("alice@c.example", "teleport", null)));

    [Fact]
    [Trait("Conformance", "INV-08")]
    public void It_is_gone_when_its_lease_is_over()
    {
        var leased = With("alice@c.example", "proxy", TimeSpan.FromSeconds(10));
        Assert.NotNull(ForwardRule.Of(leased.EndLeases(Node.Noon.AddSeconds(9)).Properties));
        Assert.Null(ForwardRule.Of(leased.EndLeases(Node.Noon.AddSeconds(10)).Properties));
    }

    private static NodeProperties With(string to, string? mode, TimeSpan? lease)
    {
        List<PropertyChange> changes = [new PropertyChange(StandardPaths.Forward, PropertyValue.OfText(to), lease)];
        if (mode is not null)
            changes.Insert(0, new PropertyChange(StandardPaths.ForwardMode, PropertyValue.OfText(mode), lease));
        return NodeProperties.Empty.Apply(changes, null, Node.Noon, PropertyLimits.Default).Properties;
    }
}
