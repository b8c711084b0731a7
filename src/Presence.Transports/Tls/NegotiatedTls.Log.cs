using Microsoft.Extensions.Logging;

namespace Presence.Transports.Tls;

internal sealed partial class NegotiatedTls
{
    [LoggerMessage(2011, LogLevel.Debug, "Connection {Connection} did not offer the protocol pip/1.")]
    private partial void LogNoProtocol(string connection);

    [LoggerMessage(2012, LogLevel.Debug, "Connection {Connection} was gone before the end of TLS could be told.")]
    private partial void LogNoCloseNotify(Exception cause, string connection);
}
