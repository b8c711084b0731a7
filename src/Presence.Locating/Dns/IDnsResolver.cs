using System.Net;
using System.Net.Sockets;
using Presence.Model.Locating;

namespace Presence.Locating.Dns;

/// <summary>Asks the DNS. What goes wrong there is an answer; only cancellation throws.</summary>
public interface IDnsResolver
{
    /// <summary>The SRV records of a name such as <c>_pips-server._tcp.a.example</c>.</summary>
    Task<DnsAnswer<SrvRecord>> FindServices(string name, CancellationToken cancellationToken);

    /// <summary>The addresses of a host, of one family.</summary>
    Task<DnsAnswer<IPAddress>> FindAddresses(
        string host, AddressFamily family, CancellationToken cancellationToken);
}
