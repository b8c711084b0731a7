using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Presence.Locating;
using Presence.Locating.Trust;
using Presence.Model.Addresses;

namespace Presence.Cli.Checking;

/// <summary>Looks at one server: addresses, connection, TLS, certificate, greeting.</summary>
/// <param name="addresses">Knows the addresses of hosts.</param>
/// <param name="race">Connects.</param>
/// <param name="authorities">Whom to trust; null: those of the system.</param>
/// <param name="time">The clock.</param>
internal sealed class ServerCheck(
    AddressBook addresses, AddressRace race, X509Certificate2Collection? authorities, TimeProvider time)
{
    /// <summary>Time for connection, handshake and greeting together: 20 s.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Soon = TimeSpan.FromDays(21);

    public async IAsyncEnumerable<Finding> Check(
        Domain domain, HostAndPort server, PipService service, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (found, why) = await addresses.Find(server.Host, cancellation);
        if (found.Count == 0)
        {
            yield return Finding.Bad("addresses", why, $"Add an A or AAAA record for {server.Host}.");
            yield break;
        }

        yield return Finding.Good("addresses", $"{server.Host}: {string.Join(", ", found)}");
        using var late = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        await using var probe = await ServerProbe.Open(race, found, server.Port, domain, both.Token);
        cancellation.ThrowIfCancellationRequested();
        if (probe.Certificate is not { } certificate)
        {
            yield return probe.Failure(server);
            yield break;
        }

        yield return probe.Protocol(server);
        yield return OfNames(certificate, domain);
        yield return OfChain(certificate, probe.Sent);
        yield return OfTime(certificate);
        if (probe.IsPip)
            yield return await probe.Hello(domain, service == PipService.Server, both.Token);
    }

    private static Finding OfNames(X509Certificate2 certificate, Domain domain)
    {
        var names = PresentedNames.Of(certificate);
        var told = names.Count == 0 ? "no domain" : string.Join(", ", names.Order());
        return names.Contains(domain)
            ? Finding.Good("names", told)
            : Finding.Bad("names", told, $"The certificate must name {domain} itself, whatever the host is called.");
    }

    private Finding OfChain(X509Certificate2 certificate, X509Certificate2Collection sent)
    {
        var why = new ChainCheck(certificate, sent, CertificateUse.Server, time.GetUtcNow()).WhyNot(authorities);
        return why is null
            ? Finding.Good("chain", $"issued by {certificate.IssuerName.Name}")
            : Finding.Bad("chain", why,
                "Serve the whole chain of an authority that others trust; --ca FILE checks against a private one.");
    }

    private Finding OfTime(X509Certificate2 certificate)
    {
        var end = new DateTimeOffset(certificate.NotAfter).ToUniversalTime();
        var left = end - time.GetUtcNow();
        var text = string.Create(CultureInfo.InvariantCulture, $"until {end:yyyy-MM-dd HH:mm} UTC, {left.TotalDays:0} days");
        return left <= TimeSpan.Zero ? Finding.Bad("expiry", text, "Renew the certificate now.")
            : left < Soon ? Finding.Warn("expiry", text, "Renew the certificate soon; a node reads it anew by itself.")
            : Finding.Good("expiry", text);
    }
}
