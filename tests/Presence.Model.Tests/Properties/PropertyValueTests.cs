using Presence.Model.Properties;
using static Presence.Model.Tests.Properties.Node;

namespace Presence.Model.Tests.Properties;

public sealed class PropertyValueTests
{
    [Fact]
    public void Values_are_equal_when_octets_type_and_language_are()
    {
        PropertyValue[] different =
        [
            PropertyValue.OfText(""), PropertyValue.OfText("tea"), PropertyValue.OfText("tea", "en"),
            PropertyValue.OfBody("tea"u8.ToArray(), "text/plain"), PropertyValue.OfBody("tea"u8.ToArray(), "text/html"),
            PropertyValue.OfBody("tee"u8.ToArray(), "text/plain"),
            PropertyValue.OfBody("tea"u8.ToArray(), "text/plain", "en"), PropertyValue.OfBody(default, "text/plain"),
        ];
        Assert.Equal(different.Length, different.Distinct().Count());
        Assert.Equal(
            PropertyValue.OfBody("tea"u8.ToArray(), "text/plain").GetHashCode(),
            PropertyValue.OfBody("tea"u8.ToArray(), "text/plain").GetHashCode());
        Assert.Equal(different[3], PropertyValue.OfBody("tea"u8.ToArray(), "text/plain"));
        Assert.False(different[0].Equals((object?)null));
    }

    [Fact]
    public void The_size_is_that_of_the_octets()
    {
        Assert.Equal(5, PropertyValue.OfText("é€").Size);
        Assert.Equal(2, PropertyValue.OfBody(new byte[2], "image/png").Size);
        Assert.Equal(0, PropertyValue.OfText("").Size);
    }

    [Theory]
    [InlineData("kind", true)]
    [InlineData("nid", true)]
    [InlineData("created", true)]
    [InlineData("inbox", true)]
    [InlineData("watchers/bob", true)]
    [InlineData("lists", true)]
    [InlineData("members", true)]
    [InlineData("name", false)]
    [InlineData("kinds", false)]
    [InlineData("x.example.kind", false)]
    [InlineData("x/kind", false)]
    public void The_server_alone_writes_some_properties(string path, bool isReadOnly) =>
        Assert.Equal(isReadOnly, StandardPaths.IsReadOnly(Path(path)));
}
