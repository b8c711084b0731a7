using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Presence.Model.Addresses;

namespace Presence.Transports.Certificates;

/// <summary>What a development certificate says of its owner: a server, each hosted domain, this machine.</summary>
internal static class SubjectNames
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static CertificateRequest Request(ECDsa key, IReadOnlyCollection<Domain> domains)
    {
        var request = new CertificateRequest("CN=Presence development certificate", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(false, false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(AlternativeNames(domains));
        return request;
    }

    /// <summary>A domain as certificates name it: an IP literal without its brackets.</summary>
    public static string HostOf(Domain domain) =>
        domain.IsIpLiteral ? domain.Value.Trim('[', ']') : domain.Value;

    private static X509Extension AlternativeNames(IReadOnlyCollection<Domain> domains)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in domains.Select(HostOf).Append("localhost").Distinct(StringComparer.Ordinal))
            Add(names, host);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return names.Build();
    }

    private static void Add(SubjectAlternativeNameBuilder names, string host)
    {
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
    }
}
