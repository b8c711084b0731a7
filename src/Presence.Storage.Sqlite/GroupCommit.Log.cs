using Microsoft.Extensions.Logging;

namespace Presence.Storage.Sqlite;

internal sealed partial class GroupCommit
{
    [LoggerMessage(4003, LogLevel.Error, "State file {Path}: a commit of {Changes} changes failed")]
    private partial void LogCommitFailed(Exception cause, string path, int changes);

    [LoggerMessage(4004, LogLevel.Error, "State file {Path}: the rollback after a failed commit failed")]
    private partial void LogRollbackFailed(Exception cause, string path);
}
