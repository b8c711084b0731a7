
namespace Presence.Storage.Sqlite.Tests;

public sealed class SqliteGrainStorageOptionsValidatorTests
{
    [Theory]
    [InlineData(0, 1, SynchronousMode.Full)]
    [InlineData(100, 4096, SynchronousMode.Normal)]
    public void Values_at_the_edges_are_accepted(int delay, int batch, SynchronousMode synchronous) =>
        Validate("state.db", delay, batch, synchronous);

    [Theory]
    [InlineData("", 0, 512, 0, "Path is required")]
    [InlineData("a", -1, 512, 0, "CommitDelay must be 0 to 100 ms")]
    [InlineData("a", 101, 512, 0, "CommitDelay must be 0 to 100 ms")]
    [InlineData("a", 0, 0, 0, "MaxBatch must be 1 to 4096")]
    [InlineData("a", 0, 4097, 0, "MaxBatch must be 1 to 4096")]
    [InlineData("a", 0, 512, 2, "Synchronous must be Full or Normal")]
    public void A_value_out_of_range_is_refused_by_name(string path, int delay, int batch, int mode, string rule)
    {
        var failure = Assert.Throws<OrleansConfigurationException>(
            () => Validate(path, delay, batch, (SynchronousMode)mode));

        Assert.Equal($"SQLite grain storage 'store': {rule}.", failure.Message);
    }

    private static void Validate(string path, int delay, int batch, SynchronousMode synchronous)
    {
        var options = new SqliteGrainStorageOptions
        {
            Path = path, CommitDelay = TimeSpan.FromMilliseconds(delay), MaxBatch = batch, Synchronous = synchronous,
        };
        new SqliteGrainStorageOptionsValidator(options, "store").ValidateConfiguration();
    }
}
