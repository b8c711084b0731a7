using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Messages;

public sealed class ReceiptPolicyTests
{
    [Theory]
    [InlineData(null, false, true)]
    [InlineData("allow", false, true)]
    [InlineData("known", false, false)]
    [InlineData("known", true, true)]
    [InlineData("none", true, false)]
    [InlineData("a later word", true, false)]
    public void The_owner_decides(string? policy, bool isContact, bool permits)
    {
        var owner = NodeProperties.Empty;
        if (policy is not null)
            owner = Set(owner, StandardPaths.ReceiptPolicy, policy);
        if (isContact)
            owner = Set(owner, StandardPaths.Contacts.Append("bob@b.example").Append("name"), "Bob");
        Assert.Equal(permits, ReceiptPolicy.Permits(owner, Letter.Bob));
    }

    private static NodeProperties Set(NodeProperties owner, PropertyPath path, string text) =>
        owner.Apply(
            [new PropertyChange(path, PropertyValue.OfText(text))], null, Node.Noon, PropertyLimits.Default).Properties;
}
