namespace Presence.Gateway.Admin;

internal sealed partial class AdminFaults
{
    [LoggerMessage(5001, LogLevel.Error, "Administration ({Method}) failed.")]
    private partial void LogFailed(Exception bug, string method);
}
