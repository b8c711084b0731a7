using Presence.Hosting.Clustering;
using Presence.Hosting.Options;

namespace Presence.Hosting.Tests.Clustering;

public sealed class ClusterConnectionTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Sqlite_is_no_store_that_silos_could_share() =>
        Assert.Null(ClusterConnection.StoreOf(new ClusterOptions()));

    [Theory]
    [InlineData(ClusterStoreKind.PostgreSql, typeof(PostgreSqlStore))]
    [InlineData(ClusterStoreKind.Redis, typeof(RedisStore))]
    [InlineData(ClusterStoreKind.AzureStorage, typeof(AzureStore))]
    public void Each_kind_has_its_store(ClusterStoreKind kind, Type store) =>
        Assert.IsType(store, ClusterConnection.StoreOf(new ClusterOptions { Store = kind, Connection = "x" }));

    [Fact]
    public void A_connection_string_is_read_from_a_mounted_secret()
    {
        File.WriteAllText(_file, "Host=db;Password=p\n");

        Assert.Equal("Host=db;Password=p", ClusterConnection.Read(new ClusterOptions { ConnectionFile = _file }));
    }

    [Fact]
    public void The_key_itself_goes_before_the_file() => Assert.Equal(
        "Host=a", ClusterConnection.Read(new ClusterOptions { Connection = "Host=a", ConnectionFile = "/nowhere" }));

    [Theory]
    [InlineData("", "needs a connection string")]
    [InlineData("/nowhere/at/all", "cannot be read")]
    public void Without_a_connection_string_nothing_starts(string file, string why)
    {
        var refused = Assert.Throws<StartRefusedException>(() => ClusterConnection.StoreOf(
            new ClusterOptions { Store = ClusterStoreKind.PostgreSql, ConnectionFile = file }));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_secret_is_refused() => Assert.Contains(
        "the file is empty",
        Assert.Throws<StartRefusedException>(() => ClusterConnection.Read(new ClusterOptions { ConnectionFile = _file })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_managed_identity_needs_no_connection_string() => Assert.IsType<AzureStore>(ClusterConnection.StoreOf(
        new ClusterOptions { Store = ClusterStoreKind.AzureStorage, AzureAccount = "presence01" }));

    public void Dispose() => File.Delete(_file);
}
