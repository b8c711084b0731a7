using Microsoft.Extensions.Logging;

namespace Presence.Transports.Connections;

internal sealed partial class SessionConnectionHandler
{
    [LoggerMessage(2001, LogLevel.Debug, "Connection {Connection} was torn.")]
    private partial void LogTorn(Exception cause, string connection);
}
