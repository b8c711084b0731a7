using System.Net;
using Microsoft.Extensions.Logging;

namespace Presence.Transports.Federation;

internal sealed partial class ConnectionsPerAddress
{
    [LoggerMessage(2052, LogLevel.Debug, "A peer connection from {Address} was closed: it has too many.")]
    private partial void LogTooMany(IPAddress address);
}
