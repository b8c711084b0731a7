using Microsoft.Extensions.Logging;

namespace Presence.Transports.Udp;

internal sealed partial class DatagramKeys
{
    [LoggerMessage(2032, LogLevel.Error, "The session of datagram key {Key} failed.")]
    private partial void LogSessionFailed(string key, Exception cause);
}
