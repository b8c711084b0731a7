using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Tests.Properties;

public sealed class PathOrderTests
{
    [Fact]
    public void Paths_stand_in_the_order_of_their_octets_with_the_root_first()
    {
        string[] ordered = ["", "ep", "ep/desk", "ep/desk/status", "ep/phone", "note", "status", "é", "\uFFFD", "😀"];
        var paths = ordered.Reverse().Select(PropertyPath.Parse).Order();
        Assert.Equal(ordered, paths.Select(path => path.ToString()));
    }

    [Fact]
    public void A_node_holds_more_than_one_property()
    {
        var node = Node.Of(("note", "tea"), ("status", "away"), ("ep/desk/status", "online"));
        Assert.Equal(["ep/desk/status", "note", "status"], node.All.Keys.Select(path => path.ToString()));
        Assert.Equal("tea", node[StandardPaths.Note]?.Value.Text);
    }
}
