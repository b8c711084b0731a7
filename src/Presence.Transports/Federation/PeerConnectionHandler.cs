using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Presence.Federation;
using Presence.Federation.Accepting;
using Presence.Model.Addresses;
using Presence.Sessions.Transport;

namespace Presence.Transports.Federation;

/// <summary>Brings a connection that another domain has opened to the links.</summary>
internal sealed partial class PeerConnectionHandler(IPeerAcceptor links, ILogger<PeerConnectionHandler> logger)
    : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        // Without the name of a domain there is nobody whom the other side could mean.
        if (connection.Features.Get<TlsFacts>() is not { ServerName: { } name } facts
            || !Domain.TryParse(name, out var asked, out _))
        {
            LogNoName(connection.ConnectionId);
            return;
        }

        try
        {
            await links.Accept(Describe(connection, facts, asked));
        }
        catch (Exception torn) when (torn is IOException or OperationCanceledException)
        {
            LogTorn(torn, connection.ConnectionId);
        }
    }

    private static PeerConnection Describe(ConnectionContext connection, TlsFacts facts, Domain asked)
    {
        var remote = connection.RemoteEndPoint as IPEndPoint;
        var transport = new SessionTransport(
            connection.ConnectionId,
            connection.Transport,
            remote?.ToString() ?? "unknown",
            remote is not null && IPAddress.IsLoopback(remote.Address),
            facts,
            reason => connection.Abort(new ConnectionAbortedException(reason)));
        var proven = connection.Features.Get<ProvenDomains>()?.Domains ?? new HashSet<Domain>();
        return new PeerConnection(transport, asked, proven, Server: null);
    }
}
