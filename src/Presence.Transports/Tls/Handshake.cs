using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Transports.Certificates;
using Presence.Transports.Metrics;

namespace Presence.Transports.Tls;

/// <summary>Answers a ClientHello: which certificate, which protocol, or an alert.</summary>
internal sealed partial class Handshake(
    List<SslApplicationProtocol> protocols, ICertificateSource certificates, ClientCertificates clients,
    TransportMetrics metrics, IOptions<HandshakeSettings> settings, ILogger<Handshake> logger)
{
    public static readonly SslApplicationProtocol Pip1 = new("pip/1");

    /// <summary>A port for PIP alone.</summary>
    public static readonly List<SslApplicationProtocol> PipOnly = [Pip1];

    /// <summary>A port that PIP and HTTP share; the first that the client offers too is taken.</summary>
    public static readonly List<SslApplicationProtocol> WithHttp =
        [Pip1, SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    // A record of type alert (21), version 3.3, two octets: fatal (2), unrecognized_name (112).
    private static readonly byte[] UnrecognizedName = [21, 3, 3, 0, 2, 2, 112];

    public ValueTask<SslServerAuthenticationOptions> Answer(TlsHandshakeCallbackContext context) =>
        Answer(context.Connection, context.ClientHelloInfo.ServerName, context.CancellationToken);

    public async ValueTask<SslServerAuthenticationOptions> Answer(
        ConnectionContext connection, string? serverName, CancellationToken cancellation)
    {
        var served = Find(connection, serverName);
        if (served is null)
        {
            metrics.ShookHands("unknown-name");
            await Refuse(connection, serverName, cancellation);
            throw new AuthenticationException("There is no certificate for the name asked for.");
        }

        connection.Features.Set(served);
        return OptionsFor(served, connection);
    }

    // Without a server name there is nothing that HELLO could be compared with, which is for trying out only.
    private ServedCertificate? Find(ConnectionContext connection, string? name) =>
        string.IsNullOrEmpty(name) && !IsLocal(connection) ? null : certificates.Find(name);

    private static bool IsLocal(ConnectionContext connection) =>
        connection.RemoteEndPoint is IPEndPoint remote && IPAddress.IsLoopback(remote.Address);

    // SslStream closes without a word when the callback fails. Nothing has been sent yet, so the alert goes in clear
    // text, straight to the transport.
    private async Task Refuse(ConnectionContext connection, string? serverName, CancellationToken cancellation)
    {
        LogUnknownName(connection.ConnectionId, serverName);
        await connection.Transport.Output.WriteAsync(UnrecognizedName, cancellation);
    }

    [SuppressMessage("Security", "CA5359", Justification = "Whom a client's certificate stands for is judged, and nobody is "
        + "turned away for it: AUTH may prove him otherwise.")]
    private SslServerAuthenticationOptions OptionsFor(ServedCertificate served, ConnectionContext connection) => new()
    {
        ServerCertificateContext = served.Context,
        ApplicationProtocols = protocols,
        EnabledSslProtocols = settings.Value.Only13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        // A resumed connection would keep the name and the binding of one that is gone.
        AllowTlsResume = false,
        EncryptionPolicy = EncryptionPolicy.RequireEncryption,

        // Asked for and not insisted on: who shows none, or one that says nothing here, logs in otherwise.
        ClientCertificateRequired = clients.AreAsked,
        RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            connection.Features.Set(clients.Read(certificate, chain));
            return true;
        },
    };
}
