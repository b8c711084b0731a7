using Presence.Gateway.Options;
using Presence.Hosting.Options.Reload;

namespace Presence.Gateway.Tests.Options;

/// <summary>What may change while a node runs is told where operators look for it.</summary>
public sealed class ReloadableTests
{
    [Fact]
    public void Every_rule_is_of_keys_that_there_are_and_stands_in_the_page()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "operations", "reload.md"));
        Assert.All(Reloadable.Prefixes, prefix =>
        {
            Assert.Contains(OptionCatalogue.Keys, option => option.Key.StartsWith(prefix, StringComparison.Ordinal));
            Assert.Contains($"`{prefix.TrimEnd(':')}", page, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("Presence:Access:Ceiling:3", Applies.AtOnce)]
    [InlineData("Presence:Federation:Peers:b.example:Blocked", Applies.AtOnce)]
    [InlineData("Presence:Sessions:MaxLine", Applies.ToNew)]
    [InlineData("Presence:Federation:ClaimSecret", Applies.AtStart)]
    [InlineData("Presence:Data", Applies.AtStart)]
    public void A_key_holds_when_its_rule_says(string key, Applies when) => Assert.Equal(when, Reloadable.When(key));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Presence.Orleans.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
