using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Presence.Transports.Certificates;

/// <summary>
/// Whom the certificates of clients stand for: those of a configured authority for the addresses they name, pinned ones for the
/// address beside the pin. Nothing else is believed, least of all the authorities of the system.
/// </summary>
internal sealed class ClientCertificates
{
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly X509Certificate2Collection _authorities = [];
    private readonly List<CertificatePin> _pins = [];
    private readonly TimeProvider _time;

    /// <exception cref="CryptographicException">The file of authorities holds no certificates.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ClientCertificates(IOptions<ClientCertificateSettings> settings, TimeProvider time)
    {
        _time = time;
        if (settings.Value.Authorities is { } file)
            _authorities.ImportFromPemFile(file);
        foreach (var line in settings.Value.Pins)
        {
            if (CertificatePin.TryParse(line, out var pin))
                _pins.Add(pin);
        }
    }

    /// <summary>True if clients are asked for a certificate at all.</summary>
    public bool AreAsked => _authorities.Count > 0 || _pins.Count > 0;

    public ClientIdentity Read(X509Certificate? shown, X509Chain? received)
    {
        if (shown is null)
            return ClientIdentity.Nobody;
        using var certificate = new X509Certificate2(shown);
        var pinned = _pins.Where(pin => pin.Matches(certificate)).Select(pin => pin.Address);
        var vouched = IsVouchedFor(certificate, received) ? CertificateNames.Of(certificate) : [];
        return new ClientIdentity([.. pinned.Concat(vouched).Distinct()]);
    }

    private bool IsVouchedFor(X509Certificate2 certificate, X509Chain? received)
    {
        if (_authorities.Count == 0)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().LocalDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);

        // What the client sent is enough; nothing is fetched because a stranger's certificate says so.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (received is not null)
            chain.ChainPolicy.ExtraStore.AddRange(received.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }
}
