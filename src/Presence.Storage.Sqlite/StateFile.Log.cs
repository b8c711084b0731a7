using Microsoft.Extensions.Logging;

namespace Presence.Storage.Sqlite;

internal sealed partial class StateFile
{
    [LoggerMessage(4005, LogLevel.Warning, "State file {Path}: the checkpoint on closing failed; no write is lost")]
    private partial void LogCheckpointFailed(Exception cause, string path);
}
