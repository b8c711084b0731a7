using Microsoft.Extensions.Logging;

namespace Presence.Storage.Sqlite;

internal sealed partial class SqliteGrainStorage
{
    [LoggerMessage(4001, LogLevel.Information, "SQLite grain storage {Name} opened {Path}")]
    private partial void LogOpened(string name, string path);

    [LoggerMessage(4002, LogLevel.Information, "SQLite grain storage {Name} closed {Path}")]
    private partial void LogClosed(string name, string path);
}
