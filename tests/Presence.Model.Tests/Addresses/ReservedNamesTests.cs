using Presence.Model.Addresses;

namespace Presence.Model.Tests.Addresses;

public sealed class ReservedNamesTests
{
    [Theory]
    [InlineData("postmaster", true)]
    [InlineData("abuse", true)]
    [InlineData("security", true)]
    [InlineData("admin", true)]
    [InlineData("root", true)]
    [InlineData("anon", true)]
    [InlineData("owner", true)]
    [InlineData("member", true)]
    [InlineData("pass", true)]
    [InlineData("alice", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void The_reserved_names_are_those_of_the_protocol(string? local, bool reserved) =>
        Assert.Equal(reserved, ReservedNames.Contains(local));
}
