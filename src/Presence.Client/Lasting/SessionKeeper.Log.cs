using Microsoft.Extensions.Logging;

namespace Presence.Client.Lasting;

internal sealed partial class SessionKeeper
{
    [LoggerMessage(6000, LogLevel.Information, "Connected as {Account}, endpoint {Endpoint}")]
    private partial void LogConnected(string account, string endpoint);

    [LoggerMessage(6001, LogLevel.Warning, "Connection lost ({Reason}): {Text}")]
    private partial void LogLost(string reason, string text);

    [LoggerMessage(6002, LogLevel.Warning, "Attempt {Attempt} to connect failed ({Reason}): {Text}")]
    private partial void LogFailedAttempt(int attempt, string reason, string text);

    [LoggerMessage(6003, LogLevel.Information, "Session resumed after {Seconds} s; nothing was missed")]
    private partial void LogResumed(double seconds);

    [LoggerMessage(6004, LogLevel.Warning, "New session after {Seconds} s; {Changes} watched places have changed")]
    private partial void LogResynced(double seconds, int changes);

    [LoggerMessage(6005, LogLevel.Warning, "Work in the background failed ({Reason})")]
    private partial void LogFailed(Exception failure, string reason);

    [LoggerMessage(6006, LogLevel.Debug, "No answer to the farewell: {Text}")]
    private partial void LogNoFarewell(string text);

    [LoggerMessage(6007, LogLevel.Error, "The client has failed")]
    private partial void LogBroken(Exception bug);
}
