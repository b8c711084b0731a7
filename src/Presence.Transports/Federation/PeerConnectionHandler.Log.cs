using Microsoft.Extensions.Logging;

namespace Presence.Transports.Federation;

internal sealed partial class PeerConnectionHandler
{
    [LoggerMessage(2050, LogLevel.Debug, "Peer connection {Connection} was torn.")]
    private partial void LogTorn(Exception cause, string connection);

    [LoggerMessage(2051, LogLevel.Debug, "Peer connection {Connection} did not say which domain it wants.")]
    private partial void LogNoName(string connection);
}
