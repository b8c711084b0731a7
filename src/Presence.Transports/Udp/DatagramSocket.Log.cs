using System.Net;
using Microsoft.Extensions.Logging;

namespace Presence.Transports.Udp;

internal sealed partial class DatagramSocket
{
    [LoggerMessage(2030, LogLevel.Debug, "A datagram to {Remote} could not be sent.")]
    private partial void LogNotSent(IPEndPoint remote, Exception cause);

    [LoggerMessage(2031, LogLevel.Debug, "The UDP socket reported an error while it was read.")]
    private partial void LogNotRead(Exception cause);
}
