namespace Presence.Storage.Sqlite;

internal sealed class SqliteGrainStorageOptionsValidator(SqliteGrainStorageOptions options, string name)
    : IConfigurationValidator
{
    private const int MaxBatchCeiling = 4096;

    private static readonly TimeSpan CommitDelayCeiling = TimeSpan.FromMilliseconds(100);

    public void ValidateConfiguration()
    {
        Require(!string.IsNullOrWhiteSpace(options.Path), "Path is required");
        Require(options.CommitDelay >= TimeSpan.Zero && options.CommitDelay <= CommitDelayCeiling,
            $"CommitDelay must be 0 to {CommitDelayCeiling.TotalMilliseconds} ms");
        Require(options.MaxBatch is >= 1 and <= MaxBatchCeiling, $"MaxBatch must be 1 to {MaxBatchCeiling}");
        Require(Enum.IsDefined(options.Synchronous), "Synchronous must be Full or Normal");
    }

    private void Require(bool holds, string rule)
    {
        if (!holds)
            throw new OrleansConfigurationException($"SQLite grain storage '{name}': {rule}.");
    }
}
