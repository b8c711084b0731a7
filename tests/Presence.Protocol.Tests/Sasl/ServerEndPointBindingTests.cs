using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

public class ServerEndPointBindingTests
{
    private const string Ed25519 = """
        -----BEGIN CERTIFICATE-----
        MIIBPjCB8aADAgECAhR8UWZ8EEhIHQRuBlfmNWy/K+zMsjAFBgMrZXAwFDESMBAG
        A1UEAwwJYS5leGFtcGxlMCAXDTI2MTEyMjE1NDcxNloYDzIxMjYxMDI5MTU0NzE2
        WjAUMRIwEAYDVQQDDAlhLmV4YW1wbGUwKjAFBgMrZXADIQAwEN1gM59tSTpDxaLW
        iSMc+JoDCFXW7yJ7IHat2m2dvqNTMFEwHQYDVR0OBBYEFI4860wc+mNQhNEiVmCe
        hKahhIPCMB8GA1UdIwQYMBaAFI4860wc+mNQhNEiVmCehKahhIPCMA8GA1UdEwEB
        /wQFMAMBAf8wBQYDK2VwA0EAfFBqsNGfQ2lumGyfuLOGIG+Ha6p/lMh6v8VqIR6V
        ujE/VjMfklUKonxwrJqxxGtzR0Olj1vB8GSNmVsr+4eFBw==
        -----END CERTIFICATE-----
        """;

    private const string RsaWithMd5 = """
        -----BEGIN CERTIFICATE-----
        MIIB9jCCAV+gAwIBAgIUSwwoBWCqTbZfsnRfI6khldmhUPkwDQYJKoZIhvcNAQEE
        BQAwDDEKMAgGA1UEAwwBYTAgFw0yNjExMjIxNTU1NTVaGA8yMTI2MTAyOTE1NTU1
        NVowDDEKMAgGA1UEAwwBYTCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEAwYN8
        o6vK+kqOPyFNbatlM6l9EnTaddenxErQ23fG3UKoDj4DOG7ZJm9L3JNx1V8tNYVv
        Lvlsjvw/8286qDbXP/JYc5DtUB9lGZXJai1BiEVGM6EciwbvZnwNmxyi3lmriS+w
        Chsbw+2O3HPjFYvlQ1/Mg/V7h63uEoHeVzOul1ECAwEAAaNTMFEwHQYDVR0OBBYE
        FEXVX1P7nknLww/BBohF1DrlD3MUMB8GA1UdIwQYMBaAFEXVX1P7nknLww/BBohF
        1DrlD3MUMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQEEBQADgYEAiTU6gLeT
        Lfo0GbxArUtmwAWDpBmE5RBveJ89fBcumoqNpKcLzN1drkeVbTODunU9hHMFDvJf
        Rir1WKedv6TYH/1TjRxSyXO8kEl471Mo/T7l7b32FkFSVLX8uW0CHqiE2FOInTuO
        D5NVPPiZyCbcZw+kJqe0vWWhsnRFHQ80O1I=
        -----END CERTIFICATE-----
        """;

    private const string EcdsaWithSha1 = """
        -----BEGIN CERTIFICATE-----
        MIIBbjCCARSgAwIBAgIUQkZGlkUIqeyyshjXmo2Vi/zTrzswCQYHKoZIzj0EATAM
        MQowCAYDVQQDDAFhMCAXDTI2MTEyMjE1NTU1NVoYDzIxMjYxMDI5MTU1NTU1WjAM
        MQowCAYDVQQDDAFhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEUQo+BZdSIslG
        Y8ZaHc4/G2JQjbhkiimhHCyiuIompti9EKI8CoZzhljNddNd2ZxtDG9QDwgoB8wz
        hwm3hqL7TqNTMFEwHQYDVR0OBBYEFN/LwHthNeSOQ20ECkeLoiHr1Tp8MB8GA1Ud
        IwQYMBaAFN/LwHthNeSOQ20ECkeLoiHr1Tp8MA8GA1UdEwEB/wQFMAMBAf8wCQYH
        KoZIzj0EAQNJADBGAiEAwT+FtqVqWe63SN14W/Grz8tbUiz91HTppJEyUCJmm44C
        IQCaYESu68iISkaXlgqi/h90Kx8ROlN1figwUS/FkmhF2A==
        -----END CERTIFICATE-----
        """;

    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Hashes => ["SHA256", "SHA384", "SHA512"];

    [Theory]
    [MemberData(nameof(Hashes))]
    public void The_hash_is_that_of_an_rsa_signature(string hash) =>
        AssertHashedWith(hash, Rsa(hash, RSASignaturePadding.Pkcs1));

    [Theory]
    [MemberData(nameof(Hashes))]
    public void The_hash_is_that_of_an_rsa_pss_signature(string hash) =>
        AssertHashedWith(hash, Rsa(hash, RSASignaturePadding.Pss));

    [Theory]
    [MemberData(nameof(Hashes))]
    public void The_hash_is_that_of_an_ecdsa_signature(string hash)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AssertHashedWith(hash, SelfSigned(new CertificateRequest("CN=a.example", key, new HashAlgorithmName(hash))));
    }

    [Theory]
    [InlineData(RsaWithMd5)]
    [InlineData(EcdsaWithSha1)]
    public void Md5_and_sha1_give_way_to_sha256(string pem) =>
        AssertHashedWith("SHA256", X509Certificate2.CreateFromPem(pem));

    [Fact]
    public void A_signature_without_a_separate_hash_has_no_binding()
    {
        using var certificate = X509Certificate2.CreateFromPem(Ed25519);
        Assert.Null(ServerEndPointBinding.Compute(certificate));
    }

    private static void AssertHashedWith(string hash, X509Certificate2 certificate)
    {
        using (certificate)
        {
            var expected = CryptographicOperations.HashData(new HashAlgorithmName(hash), certificate.RawData);
            Assert.Equal(expected, ServerEndPointBinding.Compute(certificate));
        }
    }

    private static X509Certificate2 Rsa(string hash, RSASignaturePadding padding)
    {
        using var key = RSA.Create(2048);
        return SelfSigned(new CertificateRequest("CN=a.example", key, new HashAlgorithmName(hash), padding));
    }

    private static X509Certificate2 SelfSigned(CertificateRequest request) =>
        request.CreateSelfSigned(From, From.AddYears(1));
}
