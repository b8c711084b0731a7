using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Transports.Certificates;

/// <summary>Reads a configured certificate: PKCS #12 (<c>.pfx</c>, <c>.p12</c>) or PEM.</summary>
public static class CertificateFiles
{
    /// <summary>
    /// Reads the certificate, its private key and the chain beside it. False with a reason for people, which never
    /// repeats the password, if a file is missing, unreadable or does not fit the other.
    /// </summary>
    /// <param name="path">
    /// The file. A PEM file begins with the server's own certificate; those after it are sent along as its chain.
    /// </param>
    /// <param name="keyPath">PEM file of the private key, or null if it stands in <paramref name="path"/>.</param>
    /// <param name="password">Of the PKCS #12 file or of an encrypted PEM key; null if there is none.</param>
    /// <param name="certificate">What was read; null on failure.</param>
    /// <param name="why">Empty on success.</param>
    public static bool TryLoad(
        string path, string? keyPath, string? password, out ServedCertificate? certificate, out string why)
    {
        certificate = null;
        why = "";
        try
        {
            certificate = IsPkcs12(path) ? LoadPkcs12(path, password) : LoadPem(path, keyPath, password);
            return true;
        }
        catch (Exception cause) when (
            cause is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            why = cause.Message;
            return false;
        }
    }

    /// <summary>True for a PEM file with at least one certificate.</summary>
    public static bool HoldsAuthorities(string path)
    {
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(path);
            return all.Count > 0;
        }
        catch (Exception cause) when (
            cause is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsPkcs12(string path) =>
        Path.GetExtension(path) is var extension
        && (extension.Equals(".pfx", StringComparison.OrdinalIgnoreCase)
            || extension.Equals(".p12", StringComparison.OrdinalIgnoreCase));

    private static ServedCertificate LoadPkcs12(string path, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
        var own = all.FirstOrDefault(one => one.HasPrivateKey)
            ?? throw new CryptographicException($"{path} holds no certificate with its private key.");
        all.Remove(own);
        return new ServedCertificate(own, all);
    }

    private static ServedCertificate LoadPem(string path, string? keyPath, string? password)
    {
        var own = password is null
            ? X509Certificate2.CreateFromPemFile(path, keyPath)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(path);
        chain.RemoveAt(0);
        return new ServedCertificate(own, chain);
    }
}
