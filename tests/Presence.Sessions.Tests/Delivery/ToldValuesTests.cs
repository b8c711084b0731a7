using Presence.Model.Addresses;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Tests.Delivery;

public sealed class ToldValuesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void What_was_told_is_found_by_its_path(int count)
    {
        var all = Enumerable.Range(0, count).Select(n => Told($"ep/desk/p{n}")).ToList();
        var values = default(ToldValues);
        foreach (var told in all)
            values.Add(told);

        Assert.Equal(all, values.All);
        Assert.All(all, told => Assert.Same(told, values.Find(told.Path)));
        Assert.Null(values.Find(PropertyPath.Parse("status")));
    }

    [Fact]
    public void At_first_nothing_was_told()
    {
        var values = default(ToldValues);
        Assert.Empty(values.All);
        Assert.Null(values.Find(PropertyPath.Root));
    }

    private static Told Told(string path) => new(Address.Parse("bob@a.example"), "1", PropertyPath.Parse(path));
}
