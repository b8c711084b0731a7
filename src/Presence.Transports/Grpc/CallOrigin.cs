using System.Net;
using System.Security.Authentication;
using Grpc.Core;
using Microsoft.AspNetCore.Connections.Features;
using Presence.Sessions.Transport;
using Presence.Transports.Certificates;

namespace Presence.Transports.Grpc;

/// <summary>Where a call comes from.</summary>
/// <param name="Id">Name of the HTTP request in the log.</param>
/// <param name="Remote">Address and port of the other side.</param>
/// <param name="IsLoopback">True if it is on this machine.</param>
/// <param name="Tls">What TLS has proven; null in clear text.</param>
internal sealed record CallOrigin(string Id, string Remote, bool IsLoopback, TlsFacts? Tls)
{
    public static CallOrigin Of(ServerCallContext call)
    {
        var http = call.GetHttpContext();
        var remote = http.Connection.RemoteIpAddress;
        // As with WebSocket, the host name that TLS was asked for need not be the domain; and a binding to the channel is
        // not for clients whose library hides the certificate.
        var tls = http.Features.Get<TlsFacts>() is { } facts ? facts with { ServerName = null }
            : http.Features.Get<ITlsHandshakeFeature>() is not { } handshake ? null
            : new TlsFacts(null, handshake.Protocol == SslProtocols.Tls13 ? "0304" : "0303", null)
            {
                ClientNames = http.Features.Get<ClientIdentity>()?.Names ?? [],
            };
        return new CallOrigin(
            http.TraceIdentifier,
            remote is null ? "unknown" : new IPEndPoint(remote, http.Connection.RemotePort).ToString(),
            remote is not null && IPAddress.IsLoopback(remote),
            tls);
    }
}
