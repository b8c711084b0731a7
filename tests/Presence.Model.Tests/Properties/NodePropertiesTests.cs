using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;
using static Presence.Model.Tests.Properties.Node;

namespace Presence.Model.Tests.Properties;

public sealed class NodePropertiesTests
{
    [Fact]
    public void A_write_is_there_with_its_version_and_time_and_is_told()
    {
        var outcome = NodeProperties.Empty.Apply(Noon, Set("x.example.foo", "bar baz"));

        var written = Assert.IsType<Property>(outcome.Properties[Path("x.example.foo")]);
        Assert.Equal(PropertyValue.OfText("bar baz"), written.Value);
        Assert.Equal(Noon, written.ChangedAt);
        Assert.Equal(outcome.Properties.Version, written.Version);
        var delta = Assert.Single(outcome.Deltas);
        Assert.Equal(new PropertyDelta(written.Path, written, written.Version, Noon), delta);
    }

    [Fact]
    public void The_value_before_an_operation_stays_as_it_was()
    {
        var before = Of(("note", "tea"));
        before.After(Noon.AddSeconds(1), Set("note", "coffee"), Set("mood", "glad"));
        Assert.Equal("tea", before.Text("note"));
        Assert.Null(before.Text("mood"));
    }

    [Fact]
    public void Deleting_is_a_write_whose_version_is_told()
    {
        var node = Of(("note", "tea"));
        var outcome = node.Apply(Noon.AddSeconds(1), Delete("note"));

        Assert.Null(outcome.Properties[StandardPaths.Note]);
        var delta = Assert.Single(outcome.Deltas);
        Assert.Null(delta.Now);
        Assert.True(delta.Version > node.Version);
        Assert.Equal(outcome.Properties.Version, delta.Version);
    }

    [Fact]
    public void Deleting_what_is_not_there_is_no_news()
    {
        var outcome = Of(("note", "tea")).Apply(Noon, Delete("mood"));
        Assert.Null(outcome.Refusal);
        Assert.Empty(outcome.Deltas);
    }

    [Fact]
    [Trait("Conformance", "PRP-04")]
    public void A_property_that_comes_again_is_newer_than_its_deletion_even_if_the_clock_stepped_back()
    {
        var node = Of(("note", "tea"));
        var deletion = node.Apply(Noon, Delete("note"));
        var again = deletion.Properties.After(Noon.AddHours(-1), Set("note", "tea"));
        Assert.True(again[StandardPaths.Note]!.Version > deletion.Deltas.Single().Version);
    }

    [Fact]
    [Trait("Conformance", "PRP-02")]
    public void A_write_under_an_old_version_is_refused_with_the_current_one_and_changes_nothing()
    {
        var old = Of(("note", "tea"));
        var seen = old[StandardPaths.Note]!.Version;
        var node = old.After(Noon.AddSeconds(1), Set("note", "coffee"));

        foreach (var change in new[] { Set("note", "milk"), Delete("note") })
        {
            var outcome = node.ApplyIf(seen, Noon.AddSeconds(2), change);
            Assert.Equal(Refusal.VersionMismatch(node[StandardPaths.Note]!.Version), outcome.Refusal);
            Assert.Same(node, outcome.Properties);
            Assert.Empty(outcome.Deltas);
        }
    }

    [Fact]
    [Trait("Conformance", "PRP-02")]
    public void A_write_under_the_current_version_is_done_whatever_else_has_changed()
    {
        var node = Of(("note", "tea"));
        var seen = node[StandardPaths.Note]!.Version;
        node = node.After(Noon.AddSeconds(1), Set("mood", "glad"));
        Assert.Null(node.ApplyIf(seen, Noon.AddSeconds(2), Set("note", "milk")).Refusal);
    }

    [Fact]
    public void Version_zero_writes_only_what_does_not_exist()
    {
        var node = NodeProperties.Empty.ApplyIf(0, Noon, Set("note", "tea")).Properties;
        Assert.Equal("tea", node.Text("note"));
        Assert.Equal(Refusal.VersionMismatch(node.Version), node.ApplyIf(0, Noon, Set("note", "milk")).Refusal);
    }

    [Fact]
    public void Several_writes_are_guarded_by_the_version_of_the_node()
    {
        var node = Of(("note", "tea"), ("mood", "glad"));
        PropertyChange[] changes = [Set("note", "milk"), Set("mood", "sad")];
        Assert.Null(node.ApplyIf(node.Version, Noon, changes).Refusal);
        var outcome = node.ApplyIf(node.Version - 1, Noon, changes);
        Assert.Equal(Refusal.VersionMismatch(node.Version), outcome.Refusal);
        Assert.Same(node, outcome.Properties);
    }

    public static TheoryData<string, PropertyChange, Refusal> Invalid => new()
    {
        { "the node itself", new PropertyChange(PropertyPath.Root, PropertyValue.OfText("x")), Refusal.NotAllowed },
        { "what the server writes", Set("kind", "group"), Refusal.NotAllowed },
        { "below what the server writes", Set("members/bob", "x"), Refusal.NotAllowed },
        { "deletion of what the server writes", Delete("nid"), Refusal.NotAllowed },
        { "a status of two words", Set("status", "at lunch"), Refusal.BadParameter("val") },
        { "an empty status", Set("ep/desk/status", ""), Refusal.BadParameter("val") },
        { "a status too long", Set("status", new string('a', 65)), Refusal.BadParameter("val") },
        { "a status after the lease that is none", Set("status", "online", 60, "off line"), Refusal.BadParameter("val") },
        { "a status in a body", Body("status", 1), Refusal.BadParameter("val") },
        { "a lease of nothing", Set("note", "x", 0), Refusal.BadParameter("lease") },
        { "a lease backwards", Set("note", "x", -1), Refusal.BadParameter("lease") },
        { "a lease of more than a day", Set("note", "x", 86_401), Refusal.BadParameter("lease") },
        { "a text too large", Set("note", new string('a', 16_385)), Refusal.BodyTooLarge },
        { "a text too large in octets", Set("note", new string('é', 8_193)), Refusal.BodyTooLarge },
        { "a body too large", Body("photo", 16_385), Refusal.BodyTooLarge },
        { "a default too large", Set("note", "x", 60, new string('a', 16_385)), Refusal.BodyTooLarge },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    [Trait("Conformance", "PRP-07")]
    public void One_invalid_write_among_several_changes_nothing(string what, PropertyChange invalid, Refusal why)
    {
        var node = Of(("note", "tea"));
        var outcome = node.Apply(Noon.AddSeconds(1), Set("note", "milk"), invalid, Set("mood", "glad"));
        Assert.True(why == outcome.Refusal, $"{what}: {outcome.Refusal}");
        Assert.Same(node, outcome.Properties);
        Assert.Empty(outcome.Deltas);
    }

    [Theory]
    [InlineData(16_384)]
    [Trait("Conformance", "PRP-09")]
    public void A_value_of_the_greatest_size_is_taken_as_text_and_as_body(int octets)
    {
        Assert.Null(NodeProperties.Empty.Apply(Noon, Set("note", new string('a', octets))).Refusal);
        Assert.Null(NodeProperties.Empty.Apply(Noon, Body("photo", octets)).Refusal);
        Assert.Equal(Refusal.BodyTooLarge, NodeProperties.Empty.Apply(Noon, Body("photo", octets + 1)).Refusal);
    }

    [Fact]
    [Trait("Conformance", "PRP-09")]
    public void The_257th_property_is_refused_and_a_full_node_can_still_be_changed()
    {
        var full = NodeProperties.Empty.After(Noon, [.. Enumerable.Range(1, 256).Select(n => Set($"x.a.n{n}", "1"))]);
        Assert.Equal(Refusal.TooMany, full.Apply(Noon, Set("x.a.n257", "1")).Refusal);
        Assert.Equal(Refusal.TooMany, full.Apply(Noon, Delete("x.a.n1"), Set("x.b", "1"), Set("x.c", "1")).Refusal);
        Assert.Null(full.Apply(Noon, Set("x.a.n256", "2")).Refusal);
        Assert.Null(full.Apply(Noon, Set("x.b", "1"), Delete("x.a.n1")).Refusal);
    }

    [Fact]
    public void A_node_above_a_limit_that_was_lowered_can_be_changed_and_emptied()
    {
        var lower = PropertyLimits.Default with { MaxProperties = 1 };
        var node = Of(("note", "tea"), ("mood", "glad"), ("tz", "UTC"));
        Assert.Null(node.Apply([Set("note", "milk")], null, Noon, lower).Refusal);
        Assert.Null(node.Apply([Delete("note")], null, Noon, lower).Refusal);
        Assert.Equal(Refusal.TooMany, node.Apply([Set("icon", "x")], null, Noon, lower).Refusal);
    }

    private static PropertyChange Body(string path, int octets) =>
        new(Path(path), PropertyValue.OfBody(new byte[octets], "application/octet-stream"));
}
