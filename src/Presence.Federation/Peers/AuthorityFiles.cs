using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Federation.Peers;

/// <summary>Authorities by file, read anew when the file changes.</summary>
internal sealed class AuthorityFiles
{
    private readonly ConcurrentDictionary<string, (DateTime Written, X509Certificate2Collection Roots)> _read =
        new(StringComparer.Ordinal);

    /// <summary>
    /// The certificates of the file. The same object as long as the file is the same. Of a file that cannot be read now
    /// those that were read before; none if there were none, so that nobody is trusted by mistake.
    /// </summary>
    public X509Certificate2Collection Of(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (_read.TryGetValue(path, out var known) && known.Written == written)
            return known.Roots;
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            roots = known.Roots ?? roots;
        }

        _read[path] = (written, roots);
        return roots;
    }
}
