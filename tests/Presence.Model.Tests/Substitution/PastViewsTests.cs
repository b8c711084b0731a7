using Presence.Model.Composition;
using Presence.Model.Properties;
using Presence.Model.Substitution;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Substitution;

/// <summary>What somebody sees who was shut out politely at half past twelve.</summary>
public sealed class PastViewsTests
{
    private static readonly DateTimeOffset Blocked = Node.Noon.AddMinutes(30);
    private static readonly DateTimeOffset Later = Node.Noon.AddHours(1);
    private static readonly long Moment = VersionClock.Next(0, Blocked);
    private static readonly Dictionary<string, int> Desk = new(StringComparer.Ordinal) { ["desk"] = 0 };

    [Fact]
    public void The_status_is_offline_since_the_block_and_the_endpoints_are_gone()
    {
        var (properties, past) = BlockedAt(Online());
        var status = past.At(Moment, StandardPaths.Status, properties);
        Assert.Equal(("offline", Moment, Blocked), (status!.Value.Text, status.Version, status.ChangedAt));
        Assert.Null(past.At(Moment, Node.Path("ep/desk/status"), properties));
    }

    [Fact]
    public void Who_was_offline_already_keeps_the_status_he_had()
    {
        var properties = Node.Of(("note", "hello"));
        var view = PresenceView.Unseen.Recompose(properties, Desk, Node.Noon).View;
        var moment = PastMoment.Of(properties, view, Blocked, Moment);
        Assert.Equal(view.Shown[StandardPaths.Status], Assert.Single(moment.Replaced));
    }

    [Fact]
    public void A_lasting_value_stays_as_it_was_through_changes_and_deletion()
    {
        var (properties, past) = BlockedAt(Online());
        var note = properties[Node.Path("note")];
        foreach (var change in new[] { Node.Set("note", "later"), Node.Set("note", "later still"), Node.Delete("note") })
        {
            var next = properties.After(Later, change);
            past = past.Keep(properties, next);
            properties = next;
            Assert.Equal(note, past.At(Moment, Node.Path("note"), properties));
        }

        Assert.Single(past.Kept);
    }

    [Fact]
    public void A_value_that_came_later_is_not_there()
    {
        var (properties, past) = BlockedAt(Online());
        var next = properties.After(Later, Node.Set("mood", "happy"));
        Assert.Null(past.Keep(properties, next).At(Moment, Node.Path("mood"), next));
    }

    [Fact]
    public void A_leased_value_has_fallen_back_to_its_default_or_is_gone()
    {
        var (properties, past) = BlockedAt(Online().After(
            Node.Noon, Node.Set("x.call", "talking", lease: 7200, then: "idle"), Node.Set("x.song", "blue", lease: 7200)));
        Assert.Equal("idle", past.At(Moment, Node.Path("x.call"), properties)?.Value.Text);
        Assert.Null(past.At(Moment, Node.Path("x.song"), properties));
        Assert.Equal(
            ["status=offline", "x.call=idle", "x.song gone"], past.Moments[Moment].Deltas(Blocked).Told());
    }

    [Fact]
    public void No_two_of_its_values_have_the_same_version()
    {
        var (_, past) = BlockedAt(Online().After(
            Node.Noon, Node.Set("x.call", "talking", lease: 7200, then: "idle"), Node.Set("x.song", "blue", lease: 7200)));
        var versions = past.Moments[Moment].Deltas(Blocked).Select(delta => delta.Version).ToList();
        Assert.Equal([Moment, Moment + 1, Moment + 2], versions);
        Assert.True(past.Newest >= versions.Max());
    }

    [Fact]
    public void What_an_endpoint_lent_to_the_user_went_with_it()
    {
        var (properties, past) = BlockedAt(Node.Of(("ep/desk/status", "online"), ("ep/desk/note", "at my desk")));
        Assert.Null(past.At(Moment, Node.Path("note"), properties));
        Assert.Equal(["status=offline", "note gone"], past.Moments[Moment].Deltas(Blocked).Told());
    }

    [Fact]
    public void Two_who_were_shut_out_at_different_times_see_different_pasts()
    {
        var (properties, past) = BlockedAt(Online());
        var next = properties.After(Later, Node.Set("note", "second"));
        past = past.Keep(properties, next);
        var second = next.Version;
        past = past.With(PastMoment.Of(next, PresenceView.Unseen, Later, second));
        var third = next.After(Later, Node.Set("note", "third"));
        past = past.Keep(next, third);

        Assert.Equal("hello", past.At(Moment, Node.Path("note"), third)?.Value.Text);
        Assert.Equal("second", past.At(second, Node.Path("note"), third)?.Value.Text);

        var left = past.Only([second]);
        Assert.Equal("second", left.At(second, Node.Path("note"), third)?.Value.Text);
        Assert.Equal("second", Assert.Single(left.Kept).Value.Value.Text);
        Assert.Empty(left.Only([]).Kept);
    }

    [Fact]
    public void While_nobody_is_shut_out_nothing_is_kept()
    {
        var properties = Online();
        Assert.Same(PastViews.Empty, PastViews.Empty.Keep(properties, properties.After(Later, Node.Set("note", "new"))));
    }

    [Fact]
    public void The_octets_kept_are_bounded_and_the_oldest_go_first()
    {
        var big = new string('x', 16_000);
        var properties = NodeProperties.Empty;
        for (var i = 0; i < 100; i++)
            properties = properties.After(Node.Noon, Node.Set($"x.{i:000}", big));
        var past = PastViews.Empty.With(PastMoment.Of(properties, PresenceView.Unseen, Blocked, Moment));
        for (var i = 0; i < 100; i++)
        {
            var next = properties.After(Later, Node.Delete($"x.{i:000}"));
            past = past.Keep(properties, next);
            properties = next;
        }

        Assert.True(past.Kept.Sum(k => k.Value.Value.Size) <= PastViews.MaxKeptOctets);
        Assert.Null(past.At(Moment, Node.Path("x.000"), properties));
        Assert.NotNull(past.At(Moment, Node.Path("x.099"), properties));
    }

    private static NodeProperties Online() => Node.Of(("note", "hello"), ("ep/desk/status", "online"));

    private static (NodeProperties Properties, PastViews Past) BlockedAt(NodeProperties properties)
    {
        var (view, next, _) = PresenceView.Unseen.Recompose(properties, Desk, Node.Noon);
        return (next, PastViews.Empty.With(PastMoment.Of(next, view, Blocked, Moment)));
    }
}
