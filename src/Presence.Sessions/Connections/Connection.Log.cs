using Microsoft.Extensions.Logging;
using Presence.Model.Addresses;

namespace Presence.Sessions.Connections;

internal sealed partial class Connection
{
    [LoggerMessage(1001, LogLevel.Debug, "Connection {Connection} was torn: {Why}")]
    private static partial void LogTorn(ILogger logger, string connection, string why);

    [LoggerMessage(1002, LogLevel.Error, "{Verb} on connection {Connection} failed.")]
    private static partial void LogFailure(ILogger logger, string verb, string connection, Exception exception);

    [LoggerMessage(1003, LogLevel.Information, "Connection {Connection} of {User} does not read what it is sent; it is cut.")]
    private static partial void LogSlowReader(ILogger logger, string connection, Address user);

    [LoggerMessage(1006, LogLevel.Warning, "{Verb} on connection {Connection} could not be served: {Why}")]
    private static partial void LogNotServed(ILogger logger, string verb, string connection, string why);
}
