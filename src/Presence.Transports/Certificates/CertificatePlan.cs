using System.Collections.Frozen;
using Presence.Model.Addresses;

namespace Presence.Transports.Certificates;

/// <summary>Which files hold the certificates of the hosted domains.</summary>
/// <param name="Domains">The hosted domains.</param>
/// <param name="Folder">
/// Holds <c>&lt;domain&gt;.pem</c>, with <c>&lt;domain&gt;.key</c> beside it or the key inside; null if there is none.
/// </param>
/// <param name="Path">The file for domains that have none in the folder; null if there is none.</param>
/// <param name="Key">PEM file of its key, if apart.</param>
/// <param name="Password">Of that file or key.</param>
public sealed record CertificatePlan(
    IReadOnlyList<Domain> Domains, string? Folder, string? Path, string? Key, string? Password)
{
    /// <summary>Never the password.</summary>
    public override string ToString() => $"{Folder ?? Path}";

    /// <summary>
    /// Reads all certificates. False with a reason if a file cannot be used, or a domain has none: it is all or nothing,
    /// so that a half-written folder changes nothing.
    /// </summary>
    public bool TryLoad(out ICertificateSource? source, out string why)
    {
        source = null;
        ServedCertificate? common = null;
        if (Path is not null && !CertificateFiles.TryLoad(Path, Key, Password, out common, out why))
            return false;
        var byDomain = new Dictionary<Domain, ServedCertificate>();
        foreach (var domain in Domains)
        {
            if (!TryLoad(domain, common, out var own, out why))
                return false;
            byDomain[domain] = own!;
        }

        source = new DomainCertificates(byDomain.ToFrozenDictionary());
        why = "";
        return true;
    }

    /// <summary>Something that differs when a file does.</summary>
    public string State() => string.Join('\n', Files().Select(StateOf));

    // What changes while it is looked at gives some state; the next look gives another.
    private static string StateOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? $"{path} {file.LastWriteTimeUtc.Ticks} {file.Length}" : path;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return $"{path} {cause.Message}";
        }
    }

    private bool TryLoad(Domain domain, ServedCertificate? common, out ServedCertificate? own, out string why)
    {
        own = common;
        why = "";
        if (Folder is null)
            return true;
        var file = FileOf(domain, "pem");
        if (!File.Exists(file))
        {
            why = $"there is no {file}";
            return common is not null;
        }

        var key = FileOf(domain, "key");
        if (CertificateFiles.TryLoad(file, File.Exists(key) ? key : null, password: null, out own, out var fault))
            return true;
        why = $"{file}: {fault}";
        return false;
    }

    private IEnumerable<string> Files()
    {
        if (Path is not null)
            yield return Path;
        if (Key is not null)
            yield return Key;
        foreach (var domain in Folder is null ? [] : Domains)
        {
            yield return FileOf(domain, "pem");
            yield return FileOf(domain, "key");
        }
    }

    private string FileOf(Domain domain, string extension) =>
        System.IO.Path.Combine(Folder!, $"{domain.Value}.{extension}");
}
