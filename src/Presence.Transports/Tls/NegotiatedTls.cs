using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Presence.Sessions.Transport;
using Presence.Transports.Certificates;
using Presence.Transports.Metrics;

namespace Presence.Transports.Tls;

/// <summary>
/// The step between handshake and session: lets through only what has agreed on a protocol, tells the session what
/// TLS has proven, and says close_notify at the end, so that the client knows the end from a cut.
/// </summary>
internal sealed partial class NegotiatedTls(
    ConnectionDelegate next, TransportMetrics metrics, TimeProvider time, ILogger<NegotiatedTls> logger)
{
    // The transport buffers the few octets unless the client has stopped reading.
    private static readonly TimeSpan CloseNotifyTime = TimeSpan.FromSeconds(1);

    public async Task OnConnection(ConnectionContext connection)
    {
        var tls = connection.Features.GetRequiredFeature<ISslStreamFeature>().SslStream;
        if (tls.NegotiatedApplicationProtocol.Protocol.IsEmpty)
        {
            metrics.ShookHands("no-protocol");
            LogNoProtocol(connection.ConnectionId);
            return;
        }

        metrics.ShookHands("done");

        connection.Features.Set(FactsOf(connection, tls));
        await next(connection);
        if (IsPip(connection))
            await CloseNotify(connection, tls);
    }

    /// <summary>True if the connection is for sessions and not for HTTP, whose server sees to its end by itself.</summary>
    public static bool IsPip(ConnectionContext connection) =>
        connection.Features.GetRequiredFeature<ISslStreamFeature>().SslStream.NegotiatedApplicationProtocol
            == Handshake.Pip1;

    public static TlsFacts FactsOf(ConnectionContext connection, SslStream tls)
    {
        var name = tls.TargetHostName;
        return new TlsFacts(
            name.Length == 0 ? null : name,
            tls.SslProtocol == SslProtocols.Tls13 ? "0304" : "0303",
            connection.Features.GetRequiredFeature<ServedCertificate>().EndPointBinding)
        {
            ClientNames = connection.Features.Get<ClientIdentity>()?.Names ?? [],
        };
    }

    private async Task CloseNotify(ConnectionContext connection, SslStream tls)
    {
        try
        {
            await connection.Transport.Output.CompleteAsync();
            await tls.ShutdownAsync().WaitAsync(CloseNotifyTime, time);
        }
        catch (Exception torn) when (
            torn is IOException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            LogNoCloseNotify(torn, connection.ConnectionId);
        }
    }
}
