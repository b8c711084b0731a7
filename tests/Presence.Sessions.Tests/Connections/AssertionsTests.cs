using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Tests.Connections;

public sealed class AssertionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private readonly Assertions _assertions = new();

    [Fact]
    public void What_only_memory_holds_is_remembered_and_what_lasts_is_not()
    {
        Note(Change("ep/desk/status", "away"), Change("note", "lasting"), Change("mood", "passing", TimeSpan.FromMinutes(5)));

        Assert.Equal(["ep/desk/status", "mood"], Paths(Now));
    }

    [Fact]
    public void The_last_value_counts_and_a_deletion_takes_it_away()
    {
        Note(Change("ep/desk/status", "away"));
        Note(Change("ep/desk/status", "dnd"));
        Assert.Equal("dnd", Assert.Single(_assertions.Current(Now)).Value!.Text);

        Note(Change("ep/desk/status", null));
        Assert.Empty(_assertions.Current(Now));
    }

    [Fact]
    public void A_lease_is_asserted_with_what_is_left_of_it()
    {
        Note(Change("mood", "passing", TimeSpan.FromMinutes(5)));

        Assert.Equal(TimeSpan.FromMinutes(2), Assert.Single(_assertions.Current(Now.AddMinutes(3))).Lease);
        Assert.Empty(_assertions.Current(Now.AddMinutes(5)));
    }

    [Fact]
    public void A_value_that_lasts_takes_the_place_of_a_leased_one()
    {
        Note(Change("mood", "passing", TimeSpan.FromMinutes(5)));
        Note(Change("mood", "lasting"));

        Assert.Empty(_assertions.Current(Now));
    }

    private void Note(params PropertyChange[] changes) => _assertions.Note(changes, "desk", Now);

    private IEnumerable<string> Paths(DateTimeOffset at) =>
        _assertions.Current(at).Select(change => change.Path.ToString()).Order(StringComparer.Ordinal);

    private static PropertyChange Change(string path, string? text, TimeSpan? lease = null) =>
        new(PropertyPath.Parse(path), text is null ? null : PropertyValue.OfText(text), lease);
}
