using Presence.Model.Properties;
using static Presence.Model.Tests.Properties.Node;

namespace Presence.Model.Tests.Properties;

public sealed class LeaseTests
{
    private static readonly NodeProperties Leased = NodeProperties.Empty.After(
        Noon, Set("note", "tea", lease: 60), Set("status", "busy", lease: 120, then: "away"), Set("mood", "glad"));

    [Fact]
    public void The_next_lease_to_end_is_known()
    {
        Assert.Equal(Noon.AddSeconds(60), Leased.NextLeaseEnd);
        Assert.Null(NodeProperties.Empty.NextLeaseEnd);
        Assert.Null(Of(("mood", "glad")).NextLeaseEnd);
    }

    [Fact]
    public void Before_its_end_a_lease_changes_nothing()
    {
        var outcome = Leased.EndLeases(Noon.AddSeconds(60).AddTicks(-1));
        Assert.Empty(outcome.Deltas);
        Assert.Equal(Leased, outcome.Properties);
    }

    [Fact]
    [Trait("Conformance", "PRP-05")]
    public void A_lease_without_default_ends_once_and_the_property_disappears()
    {
        var ended = Leased.EndLeases(Noon.AddSeconds(60));
        Assert.Equal(["note gone (lease)"], ended.Deltas.Told());
        Assert.Null(ended.Properties.Text("note"));
        Assert.True(ended.Deltas[0].Version > Leased.Version);
        Assert.Empty(ended.Properties.EndLeases(Noon.AddSeconds(60)).Deltas);
    }

    [Fact]
    [Trait("Conformance", "PRP-05")]
    public void A_lease_with_default_ends_once_and_the_default_stays()
    {
        var ended = Leased.EndLeases(Noon.AddSeconds(121));
        Assert.Equal(["note gone (lease)", "status=away (lease)"], ended.Deltas.Told());

        var status = ended.Properties[StandardPaths.Status]!;
        Assert.Equal(Noon.AddSeconds(121), status.ChangedAt);
        Assert.Null(status.LeaseEnds);
        Assert.True(status.IsDurable);
        Assert.Empty(ended.Properties.EndLeases(Noon.AddDays(400)).Deltas);
        Assert.Null(ended.Properties.NextLeaseEnd);
    }

    [Fact]
    [Trait("Conformance", "PRP-06")]
    public void Refreshing_with_an_equal_value_prolongs_and_tells_nobody()
    {
        var later = Noon.AddSeconds(50);
        var outcome = Leased.Apply(later, Set("note", "tea", lease: 60));
        Assert.Empty(outcome.Deltas);

        var note = outcome.Properties[StandardPaths.Note]!;
        Assert.Equal(later.AddSeconds(60), note.LeaseEnds);
        Assert.Equal(Noon, note.ChangedAt);
        Assert.True(note.Version > Leased[StandardPaths.Note]!.Version);
        Assert.Empty(outcome.Properties.EndLeases(Noon.AddSeconds(60)).Deltas);
    }

    [Fact]
    public void Refreshing_with_another_value_is_news()
    {
        var outcome = Leased.Apply(Noon.AddSeconds(50), Set("note", "milk", lease: 60));
        Assert.Equal(["note=milk"], outcome.Deltas.Told());
    }

    [Theory]
    [InlineData("de", true)]
    [InlineData(null, false)]
    public void Another_language_is_another_value(string? language, bool isNews)
    {
        var change = new PropertyChange(StandardPaths.Note, PropertyValue.OfText("tea", language));
        Assert.Equal(isNews, !Leased.Apply(Noon, change).Deltas.IsEmpty);
    }

    [Fact]
    public void A_write_without_lease_ends_the_lease_in_silence()
    {
        var node = Leased.After(Noon.AddSeconds(1), Set("note", "tea"));
        Assert.True(node[StandardPaths.Note]!.IsDurable);
        Assert.Equal("tea", node.EndLeases(Noon.AddSeconds(61)).Properties.Text("note"));
    }

    [Fact]
    public void Only_what_has_no_lease_and_no_endpoint_is_durable()
    {
        var node = NodeProperties.Empty.After(
            Noon, Set("note", "tea"), Set("mood", "glad", lease: 60), Set("ep/desk/status", "online"));
        Assert.Equal(["note"], node.All.Values.Where(p => p.IsDurable).Select(p => p.Path.ToString()));
    }

    [Fact]
    public void An_endpoint_that_is_forgotten_takes_all_its_properties_with_it_and_no_others()
    {
        var node = Of(("ep/desk/status", "online"), ("ep/desk/caps", "text/plain"), ("ep/desktop/status", "away"));
        var outcome = node.ForgetEndpoint("desk", Noon.AddSeconds(1));
        Assert.Equal(["ep/desk/caps gone", "ep/desk/status gone"], outcome.Deltas.Told());
        Assert.Equal(["ep/desktop/status"], outcome.Properties.All.Keys.Select(path => path.ToString()));
        Assert.Empty(outcome.Properties.ForgetEndpoint("desk", Noon.AddSeconds(2)).Deltas);
    }

    [Fact]
    public void A_lost_endpoint_goes_to_the_default_of_its_lease()
    {
        var node = NodeProperties.Empty.After(Noon, Set("ep/desk/status", "online", lease: 180, then: "away"));
        var outcome = node.ForgetEndpoint("desk", Noon.AddSeconds(1));
        Assert.Equal(["ep/desk/status=away"], outcome.Deltas.Told());
    }

    [Fact]
    public void A_lost_endpoint_whose_default_is_what_it_showed_is_no_news()
    {
        var node = NodeProperties.Empty.After(Noon, Set("ep/desk/status", "away", lease: 180, then: "away"));
        var outcome = node.ForgetEndpoint("desk", Noon.AddSeconds(1));
        Assert.Empty(outcome.Deltas);
        Assert.Null(outcome.Properties.NextLeaseEnd);
        Assert.Equal(Noon, Assert.Single(outcome.Properties.All).Value.ChangedAt);
    }

    [Fact]
    public void Endpoints_that_come_and_go_do_not_fill_the_node()
    {
        var node = NodeProperties.Empty;
        for (var n = 0; n < 300; n++)
        {
            node = node.After(Noon, Set($"ep/e{n}/status", "online", lease: 180, then: "offline"))
                .ForgetEndpoint($"e{n}", Noon).Properties;
        }

        Assert.Empty(node.All);
    }

    [Fact]
    public void An_endpoint_is_forgotten_whatever_its_name_is_made_of()
    {
        var path = StandardPaths.OfEndpoint("a/b c", "status");
        var node = NodeProperties.Empty.After(Noon, new PropertyChange(path, PropertyValue.OfText("online")));
        Assert.Empty(node.ForgetEndpoint("a/b c", Noon).Properties.All);
    }
}
