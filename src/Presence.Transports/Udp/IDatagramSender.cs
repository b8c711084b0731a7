using System.Net;

namespace Presence.Transports.Udp;

/// <summary>The way out. A datagram may be lost, and nobody is told.</summary>
internal interface IDatagramSender
{
    /// <summary>The local port, which clients are told.</summary>
    int Port { get; }

    void Send(ReadOnlySpan<byte> datagram, IPEndPoint to);
}
