using System.Security.Cryptography.X509Certificates;
using Presence.Transports.Certificates;

namespace Presence.Federation.Tests.Fakes;

/// <summary>A certificate for each of some names.</summary>
internal sealed class HostedNames : ICertificateSource
{
    private readonly Dictionary<string, ServedCertificate> _byName = new(StringComparer.Ordinal);

    public HostedNames Add(string name, X509Certificate2 certificate)
    {
        _byName[name] = new ServedCertificate(certificate);
        return this;
    }

    public ServedCertificate? Find(string? serverName) =>
        serverName is null ? null : _byName.GetValueOrDefault(serverName);
}
