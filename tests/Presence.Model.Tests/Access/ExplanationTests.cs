using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Tests.Access;

public sealed class ExplanationTests
{
    private static readonly Address Alice = Address.Parse("alice@a.example");
    private static readonly Address Bob = Address.Parse("bob@a.example");

    [Theory]
    [InlineData("allow * read", "allow: 'allow * read' in the list at ~")]
    [InlineData("deny * all|allow *@a.example read,sub path=presence",
        "allow: 'allow *@a.example read,sub path=presence' in the list at ~")]
    [InlineData("allow * send", "deny: no line in the list at ~")]
    public void The_line_that_decides_is_named(string lines, string sentence)
    {
        var (list, bad) = AccessPolicy.ReadLines(lines.Split('|'));
        Assert.Null(bad);
        var access = new NodeAccess { Owner = Alice, Node = Alice, Defaults = list };

        Assert.Equal(sentence, access.Explain(Asker.Of(Bob), Rights.Read, StandardPaths.Status).Sentence);
    }
}
