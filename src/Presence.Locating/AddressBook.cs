using System.Net;
using System.Net.Sockets;
using Presence.Locating.Dns;

namespace Presence.Locating;

/// <summary>The addresses of a host, in the order in which to try them: families in turn, IPv6 first (RFC 8305).</summary>
public sealed class AddressBook(IDnsResolver resolver, TimeProvider time)
{
    /// <summary>How many are tried.</summary>
    public const int MaxAddresses = 8;

    // If IPv4 is known already, IPv6 has this long to be told too (RFC 8305, section 3).
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    /// <summary>The addresses; none, with the reason, if the DNS knows none.</summary>
    public async Task<(IReadOnlyList<IPAddress> Addresses, string Why)> Find(
        string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
            return ([literal], "");
        if (host == "localhost")
            return ([IPAddress.IPv6Loopback, IPAddress.Loopback], "");
        var six = resolver.FindAddresses(host, AddressFamily.InterNetworkV6, cancellationToken);
        var four = await resolver.FindAddresses(host, AddressFamily.InterNetwork, cancellationToken);
        var told = four.Records.Count == 0 ? await six : await Shortly(six, cancellationToken);
        var all = InTurn(told?.Records ?? [], four.Records);
        return (all, all.Count > 0 ? "" : Reason(host, four, told));
    }

    private async Task<DnsAnswer<IPAddress>?> Shortly(
        Task<DnsAnswer<IPAddress>> asked, CancellationToken cancellationToken)
    {
        try
        {
            return await asked.WaitAsync(Grace, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static IReadOnlyList<IPAddress> InTurn(IReadOnlyList<IPAddress> six, IReadOnlyList<IPAddress> four) =>
        [.. six.Index().Concat(four.Index()).OrderBy(pair => pair.Index).Select(pair => pair.Item).Take(MaxAddresses)];

    private static string Reason(string host, DnsAnswer<IPAddress> four, DnsAnswer<IPAddress>? six) =>
        four.Why.Length > 0 ? four.Why : six?.Why.Length > 0 ? six.Why : $"{host} has no address";
}
