namespace Presence.Gateway.Admin;

internal sealed partial class AdminFaults
{
    [LoggerMessage(5001, LogLevel.Error, "Administration ({Method}) failed.")]
    private partial void LogFailed(Exception bug, string method);

    [LoggerMessage(5002, LogLevel.Warning, "Administration ({Method}) was not served and may be tried again: {Why}")]
    private partial void LogNotServed(string method, string why);
}
