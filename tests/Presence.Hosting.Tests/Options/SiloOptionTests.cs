using Microsoft.Extensions.Configuration;
using Presence.Hosting.Options;
using Presence.SiloHost;

namespace Presence.Hosting.Tests.Options;

/// <summary>What a silo of its own takes as configuration.</summary>
public sealed class SiloOptionTests
{
    [Theory]
    [InlineData("Presence:Cluster:Store", "PostgreSql")]
    [InlineData("Presence:Silo:Address", "10.1.2.3")]
    [InlineData("Presence:Silo:Port", "11111")]
    [InlineData("Presence:Domains:0", "a.example")]
    [InlineData("Presence:Grains:MaxEndpoints", "4")]
    [InlineData("Presence:Access:Ceiling:0", "deny *@b.example all")]
    public void Good_values_are_taken(string key, string value) => Check(key, value);

    [Theory]
    [InlineData("Presence:Cluster:Store", "Oracle", "one of Sqlite, PostgreSql, Redis, AzureStorage is needed")]
    [InlineData("Presence:Cluster:RouteQueues", "0", "out of range 1–64")]
    [InlineData("Presence:Silo:Address", "silo-1", "an IP address is needed")]
    [InlineData("Presence:Listeners:Pip", "127.0.0.1:1", "there is no such key")]
    public void What_is_not_good_is_told_in_one_line(string key, string value, string why)
    {
        var refused = Assert.Throws<StartRefusedException>(() => Check(key, value));

        Assert.Contains($"{key} = {value}: {why}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Presence:Cluster:ConectionString")]
    [InlineData("Presence:Cluster:Connection:Text")]
    public void A_misspelt_secret_is_not_shown(string key)
    {
        var refused = Assert.Throws<StartRefusedException>(() => Check(key, "Host=db;Password=hush"));

        Assert.DoesNotContain("hush", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_is_described_once() => Assert.Equal(
        SiloOptionCatalogue.Keys.Count, SiloOptionCatalogue.Keys.DistinctBy(option => option.Key).Count());

    private static void Check(string key, string value) => SiloOptionCatalogue.Set.Check(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]).Build());
}
