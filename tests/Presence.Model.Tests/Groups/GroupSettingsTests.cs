using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Properties;

namespace Presence.Model.Tests.Groups;

public sealed class GroupSettingsTests
{
    private static readonly PropertyPath Join = PropertyPath.Parse("join");

    [Theory]
    [InlineData(AccessProfile.Standard, "ask")]
    [InlineData(AccessProfile.Corporate, "ask")]
    [InlineData(AccessProfile.Open, "ask")]
    [InlineData(AccessProfile.Strict, "invite")]
    public void Who_may_join_a_new_group_follows_the_profile_of_the_domain(AccessProfile profile, string join) =>
        Assert.Equal(join, GroupSettings.WithDefaults([], profile).Single(change => change.Path == Join).Value!.Text);

    [Fact]
    public void What_the_creator_says_counts_under_every_profile()
    {
        var open = new PropertyChange(Join, PropertyValue.OfText("open"));

        Assert.Equal(open, GroupSettings.WithDefaults([open], AccessProfile.Strict).Single(change => change.Path == Join));
    }
}
