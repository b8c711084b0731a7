using Microsoft.Extensions.Logging;

namespace Presence.Transports.WebSockets;

internal sealed partial class WebSocketDoor
{
    [LoggerMessage(2020, LogLevel.Debug, "WebSocket {Connection} was torn.")]
    private partial void LogTorn(Exception cause, string connection);
}
