using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Protocol.Sasl;

/// <summary>
/// The channel binding tls-server-end-point: a hash of the server's certificate (RFC 5929 section 4). Computed here
/// because the framework cannot tell a server its own (docs/protocol 8.2).
/// </summary>
public static class ServerEndPointBinding
{
    public const string Type = "tls-server-end-point";

    private const string RsaPss = "1.2.840.113549.1.1.10";

    /// <summary>
    /// Hashes the DER form with the hash function of the certificate's signature, SHA-256 in place of MD5 and SHA-1.
    /// Null if the signature has no separate hash function (Ed25519) or one that is not known here: then -PLUS must
    /// not be offered.
    /// </summary>
    public static byte[]? Compute(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var signature = certificate.SignatureAlgorithm.Value;
        var hash = signature == RsaPss ? PssHash(certificate.RawDataMemory) : HashOf(signature);
        return hash is { } name ? CryptographicOperations.HashData(name, certificate.RawDataMemory.Span) : null;
    }

    private static HashAlgorithmName? HashOf(string? oid) => oid switch
    {
        "1.2.840.113549.1.1.4" or // RSA with MD5
        "1.2.840.113549.1.1.5" or // RSA with SHA-1
        "1.2.840.10040.4.3" or // DSA with SHA-1
        "1.2.840.10045.4.1" or // ECDSA with SHA-1
        "1.2.840.113549.2.5" or // MD5
        "1.3.14.3.2.26" or // SHA-1
        "1.2.840.113549.1.1.11" or // RSA with SHA-256
        "2.16.840.1.101.3.4.3.2" or // DSA with SHA-256
        "1.2.840.10045.4.3.2" or // ECDSA with SHA-256
        "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" or "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" or "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
        _ => null,
    };

    // RSASSA-PSS names its hash only in the parameters of the outer signatureAlgorithm (RFC 4055 section 3.1):
    // Certificate ::= SEQUENCE { tbsCertificate, SEQUENCE { OID, SEQUENCE { [0] { OID ... } DEFAULT sha1 ... } } ... }
    private static HashAlgorithmName? PssHash(ReadOnlyMemory<byte> der)
    {
        try
        {
            var certificate = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            certificate.ReadEncodedValue();
            var algorithm = certificate.ReadSequence();
            algorithm.ReadObjectIdentifier();
            var parameters = algorithm.ReadSequence();
            var hashTag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
            if (!parameters.HasData || parameters.PeekTag() != hashTag)
                return HashAlgorithmName.SHA256;
            return HashOf(parameters.ReadSequence(hashTag).ReadSequence().ReadObjectIdentifier());
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
