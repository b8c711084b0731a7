using Microsoft.Extensions.Logging;

namespace Presence.Transports.Tls;

internal sealed partial class Handshake
{
    [LoggerMessage(2010, LogLevel.Debug, "Connection {Connection} asked for the server name '{ServerName}', not served here.")]
    private partial void LogUnknownName(string connection, string? serverName);
}
