using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Presence.Transports.Certificates;

namespace Presence.Transports.Tests.Certificates;

public sealed class ServedCertificateTests
{
    [Fact]
    public void A_certificate_signed_with_SHA_256_can_be_bound_to()
    {
        using var certificate = SelfSigned(HashAlgorithmName.SHA256);
        Assert.Equal(32, new ServedCertificate(certificate).EndPointBinding?.Length);
    }

    [Fact]
    public void A_certificate_without_a_usable_hash_has_no_binding_rather_than_an_empty_one()
    {
        Assert.True(SHA3_256.IsSupported, "This platform has no SHA-3 to sign with.");
        using var certificate = SelfSigned(HashAlgorithmName.SHA3_256);
        Assert.Null(new ServedCertificate(certificate).EndPointBinding);
    }

    private static X509Certificate2 SelfSigned(HashAlgorithmName hash)
    {
        using var key = RSA.Create(2048);
        var begins = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return new CertificateRequest("CN=localhost", key, hash, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(begins, begins.AddYears(10));
    }
}
