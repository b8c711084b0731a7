using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Federation;

namespace Presence.Transports.Federation;

/// <summary>
/// Connections that one address may have open at the listener for domains. What is beyond is closed before the
/// handshake, which is what costs, so that one peer takes nothing from the others.
/// </summary>
internal sealed partial class ConnectionsPerAddress(
    IOptionsMonitor<FederationOptions> options, ILogger<ConnectionsPerAddress> logger)
{
    // Whoever has one address of a network of IPv6 has all of it.
    private const int NetworkOctets = 8;

    private readonly Dictionary<IPAddress, int> _open = [];
    private readonly Lock _gate = new();

    public ConnectionDelegate Before(ConnectionDelegate next) => connection => Count(connection, next);

    private async Task Count(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = NetworkOf(connection.RemoteEndPoint);
        if (!TryEnter(address, options.CurrentValue.ConnectionsPerAddress))
        {
            LogTooMany(address);
            connection.Abort(new ConnectionAbortedException("too many connections"));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(address);
        }
    }

    private bool TryEnter(IPAddress address, int most)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(address);
            if (open >= most)
                return false;
            _open[address] = open + 1;
            return true;
        }
    }

    private void Leave(IPAddress address)
    {
        lock (_gate)
        {
            if (--_open[address] == 0)
                _open.Remove(address);
        }
    }

    private static IPAddress NetworkOf(EndPoint? end)
    {
        var address = (end as IPEndPoint)?.Address ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var octets = address.GetAddressBytes();
        if (octets.Length > NetworkOctets)
            octets.AsSpan(NetworkOctets).Clear();
        return new IPAddress(octets);
    }
}
