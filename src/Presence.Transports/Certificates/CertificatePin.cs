using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Presence.Model.Addresses;

namespace Presence.Transports.Certificates;

/// <summary>One certificate and the address that it stands for.</summary>
/// <param name="Fingerprint">SHA-256 of the certificate, 64 hexadecimal digits in lower case.</param>
/// <param name="Address">Whom it stands for.</param>
public sealed record CertificatePin(string Fingerprint, Address Address)
{
    private const string Prefix = "sha-256:";

    /// <summary>Reads <c>sha-256:… alice@a.example</c>; digits in any case, with or without colons between.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out CertificatePin? pin)
    {
        ArgumentNullException.ThrowIfNull(line);
        pin = null;
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [{ } print, { } name]
            || !print.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            || !Address.TryParse(name, out var address, out _) || address.IsDomain)
            return false;

        var digits = print[Prefix.Length..].Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        if (digits.Length != 2 * SHA256.HashSizeInBytes || !digits.All(char.IsAsciiHexDigit))
            return false;

        pin = new CertificatePin(digits, address);
        return true;
    }

    public bool Matches(X509Certificate2 certificate) =>
        certificate.GetCertHashString(HashAlgorithmName.SHA256).Equals(Fingerprint, StringComparison.OrdinalIgnoreCase);
}
