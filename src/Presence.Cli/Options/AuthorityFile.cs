using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Cli.Options;

/// <summary>The file of <c>--ca</c>: one or more certificates in PEM.</summary>
internal static class AuthorityFile
{
    /// <exception cref="UsageException">It cannot be read or holds no certificate.</exception>
    public static X509Certificate2Collection Load(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or CryptographicException)
        {
            throw new UsageException($"Cannot read certificates from '{path}': {exception.Message}");
        }

        return certificates.Count > 0
            ? certificates
            : throw new UsageException($"There is no certificate in '{path}'; it must be PEM.");
    }
}
