using Npgsql;
using Presence.Hosting.Clustering;
using Presence.Hosting.Options;

namespace Presence.Hosting.Tests.Clustering;

/// <summary>Silos share the connections that PostgreSQL takes.</summary>
public sealed class PoolSizeTests
{
    [Theory]
    [InlineData("Host=db;Username=presence;Password=a b;Database=presence", 20)]
    [InlineData("Host=db;Maximum Pool Size=7", 7)]
    [InlineData("Host=db;MaxPoolSize=8", 8)]
    public void A_process_opens_twenty_unless_told_otherwise(string configured, int most)
    {
        var bound = new NpgsqlConnectionStringBuilder(PoolSize.Bound(configured));

        Assert.Equal(most, bound.MaxPoolSize);
        Assert.Equal("db", bound.Host);
        Assert.Equal(new NpgsqlConnectionStringBuilder(configured).Password, bound.Password);
    }

    [Fact]
    public void What_is_no_connection_string_is_refused_without_being_shown()
    {
        var refused = Assert.Throws<StartRefusedException>(() => PoolSize.Bound("secret"));

        Assert.Equal("Presence:Cluster:Connection: this is no connection string of PostgreSQL", refused.Message);
    }
}
