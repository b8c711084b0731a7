using Presence.Model.Addresses;
using Presence.Model.Composition;
using static Presence.Model.Tests.Properties.Node;

namespace Presence.Model.Tests.Composition;

public sealed class PresenceViewTests
{
    private readonly Person _alice = new();

    [Fact]
    public void Who_was_never_seen_is_offline_and_that_is_no_news()
    {
        _alice.Write(Set("name", "Alice"));
        Assert.Equal("offline", _alice.View.Status);
        Assert.Empty(_alice.Told);
    }

    [Fact]
    public void Binding_shows_and_losing_hides()
    {
        _alice.Write(Set("ep/desk/status", "online"));
        Assert.Equal(["status=online"], _alice.Told);
        _alice.Lose("desk");
        Assert.Equal(["status=offline"], _alice.Told);
    }

    [Fact]
    [Trait("Conformance", "PRP-11")]
    public void What_can_be_sent_is_what_any_endpoint_handles_that_messages_reach()
    {
        _alice.Write(Set("ep/phone/caps", "text/plain,application/sdp"));
        Assert.Empty(_alice.Told);
        _alice.Write(Set("ep/phone/status", "online"));
        Assert.Equal(["status=online", "caps=text/plain,application/sdp"], _alice.Told);
        _alice.Write(Set("ep/desk/caps", "text/html,text/plain"));
        Assert.Empty(_alice.Told);
        _alice.Write(Set("ep/desk/status", "away"));
        Assert.Equal(["status=away", "caps=text/html,text/plain,application/sdp"], _alice.Told);
        _alice.Write(Set("caps", "text/plain"));
        Assert.Equal(["caps=text/plain"], _alice.Told);
        _alice.Write(Delete("caps"));
        _alice.Lose("phone");
        Assert.Contains("caps=text/html,text/plain", _alice.Told);
    }

    [Fact]
    public void What_can_be_sent_fits_into_a_line()
    {
        _alice.Write(Set("ep/desk/caps", string.Join(',', Enumerable.Range(0, 500).Select(n => $"application/x-{n}"))));
        _alice.Write(Set("ep/desk/status", "online"));
        var union = _alice.View.Shown[PropertyPath.Parse("caps")].Value.Text!;
        Assert.InRange(union.Length, CapabilityUnion.MaxLength - 20, CapabilityUnion.MaxLength);
        Assert.Matches("^application/x-0,.*[0-9]$", union);
    }

    [Fact]
    [Trait("Conformance", "PRP-01")]
    public void A_status_written_by_hand_is_shown_with_the_version_of_the_write()
    {
        _alice.Write(Set("ep/desk/status", "online"));
        var version = _alice.Write(Set("status", "dnd"));
        Assert.Equal(version, _alice.Status.Version);
        Assert.Equal(["status=dnd"], _alice.Told);
        Assert.Equal(version, _alice.Deltas[0].Version);

        version = _alice.Write(Set("status", "dnd", lease: 60));
        Assert.Equal(version, _alice.Status.Version);
        Assert.Empty(_alice.Told);
    }

    [Fact]
    [Trait("Conformance", "PRP-11")]
    public void An_override_ends_with_its_lease_and_the_endpoints_speak_again()
    {
        _alice.Write(Set("ep/desk/status", "online"));
        _alice.Write(Set("status", "busy", lease: 60));
        var before = _alice.Status.Version;
        _alice.Wait(TimeSpan.FromSeconds(60), "lease");
        Assert.Equal(["status=online (lease)"], _alice.Told);
        Assert.True(_alice.Status.Version > before);
        Assert.Equal(_alice.Now, _alice.Status.ChangedAt);
        Assert.Null(_alice.Status.LeaseEnds);
    }

    [Fact]
    public void A_lease_that_ends_into_the_same_status_leaves_no_trace_of_the_lease()
    {
        _alice.Write(Set("ep/desk/status", "busy"));
        _alice.Write(Set("status", "busy", lease: 60, then: "busy"));
        _alice.Write(Set("status", "busy", lease: 60));
        _alice.Wait(TimeSpan.FromSeconds(60), "lease");
        Assert.Empty(_alice.Told);
        Assert.Null(_alice.Status.LeaseEnds);
        Assert.Null(_alice.Status.Default);
    }

    [Fact]
    public void A_value_that_stays_keeps_its_version_and_its_time()
    {
        _alice.Write(Set("ep/desk/status", "online"));
        var before = _alice.Status;
        _alice.Wait(TimeSpan.FromMinutes(1));
        _alice.Write(Set("ep/phone/status", "online"), Set("mood", "glad"));
        _alice.Lose("desk");
        Assert.Empty(_alice.Told);
        Assert.Equal(before, _alice.Status);
    }

    [Fact]
    public void A_composed_value_is_newer_than_all_that_was_written_or_shown_before()
    {
        var last = 0L;
        foreach (var token in new[] { "online", "away", "online", "xa" })
        {
            _alice.Write(Set("ep/desk/status", token));
            Assert.True(_alice.Status.Version > last);
            Assert.True(_alice.Properties.Version >= _alice.Status.Version);
            last = _alice.Properties.Version;
        }
    }

    [Fact]
    [Trait("Conformance", "PRP-11")]
    public void Note_activity_and_place_come_from_the_endpoint_that_was_chosen()
    {
        _alice.Prefer("phone", 5);
        _alice.Write(
            Set("ep/desk/status", "online"), Set("ep/desk/note", "at the desk"), Set("ep/desk/place", "office"),
            Set("ep/desk/mood", "glad"));
        Assert.Equal(["status=online", "note=at the desk", "place=office"], _alice.Told);

        _alice.Write(Set("ep/phone/status", "online"), Set("ep/phone/note", "walking"), Set("ep/phone/activity", "walk"));
        Assert.Equal(["note=walking", "activity=walk", "place gone"], _alice.Told);

        _alice.Lose("phone");
        Assert.Equal(["note=at the desk", "activity gone", "place=office"], _alice.Told);
    }

    [Fact]
    public void What_the_user_wrote_goes_before_what_the_endpoint_says()
    {
        _alice.Write(Set("ep/desk/status", "online"), Set("ep/desk/note", "at the desk"));
        var version = _alice.Write(Set("note", "on holiday"));
        Assert.Equal(["note=on holiday"], _alice.Told);
        Assert.Equal(version, _alice.Shown("note")?.Version);

        _alice.Lose("desk");
        Assert.Equal(["status=offline"], _alice.Told);
        Assert.Equal("on holiday", _alice.Shown("note")?.Value.Text);

        _alice.Write(Delete("note"));
        Assert.Equal(["note gone"], _alice.Told);
        Assert.Null(_alice.Shown("note"));
    }

    [Fact]
    public void Deleting_a_note_brings_that_of_the_endpoint_back()
    {
        _alice.Write(Set("ep/desk/status", "online"), Set("ep/desk/note", "at the desk"), Set("note", "on holiday"));
        _alice.Write(Delete("note"));
        Assert.Equal(["note=at the desk"], _alice.Told);
        Assert.Equal(_alice.Properties.Version, _alice.Shown("note")?.Version);
    }

    [Fact]
    [Trait("Conformance", "PRP-11")]
    public void An_endpoint_of_negative_priority_does_not_count_whatever_it_says()
    {
        _alice.Prefer("tv", -1);
        _alice.Write(Set("ep/tv/status", "chat"), Set("ep/tv/note", "film"));
        Assert.Empty(_alice.Told);
        Assert.Equal("offline", _alice.View.Status);
    }

    [Fact]
    public void The_status_is_composed_again_when_activity_grows_old()
    {
        _alice.Prefer("phone", 5);
        _alice.Write(Set("ep/phone/status", "away"));
        _alice.Wait(TimeSpan.FromMinutes(4));
        _alice.Write(Set("ep/desk/status", "online"));
        Assert.Equal("away", _alice.View.Status);
        Assert.Equal(_alice.Now.AddMinutes(1), _alice.View.ReviewAt);

        _alice.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal(["status=online"], _alice.Told);
    }

    [Fact]
    public void Input_counts_as_activity_and_the_refresh_of_a_lease_does_not()
    {
        _alice.Prefer("phone", 5);
        _alice.Write(Set("ep/phone/status", "away", lease: 600), Set("ep/desk/status", "online"));
        _alice.Wait(TimeSpan.FromMinutes(4));
        _alice.Write(Set("ep/phone/status", "away", lease: 600), Set("ep/desk/input", "now"));
        _alice.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal("online", _alice.View.Status);
    }

    [Fact]
    public void An_endpoint_name_too_long_for_a_note_beside_its_status_is_no_trouble()
    {
        var name = new string('a', 1024 - "ep//status".Length);
        _alice.Write(Set($"ep/{name}/status", "online"));
        Assert.Equal(["status=online"], _alice.Told);
    }

    [Fact]
    public void A_status_deeper_below_an_endpoint_is_not_that_of_the_endpoint()
    {
        _alice.Write(Set("ep/desk/x/status", "online"), Set("ep/status", "online"), Set("x/desk/status", "online"));
        Assert.Empty(_alice.Told);
    }

    [Theory]
    [InlineData("status", true)]
    [InlineData("note", true)]
    [InlineData("activity", true)]
    [InlineData("place", true)]
    [InlineData("mood", false)]
    [InlineData("note/x", false)]
    [InlineData("ep/desk/status", false)]
    public void Four_properties_are_composed(string path, bool isComposed) =>
        Assert.Equal(isComposed, PresenceView.IsComposed(PropertyPath.Parse(path)));
}
