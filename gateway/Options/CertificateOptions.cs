namespace Presence.Gateway.Options;

/// <summary>
/// The certificate of the TLS listener. Without a path the node makes a development certificate of its own in the data
/// folder. Configuration section <c>Presence:Certificate</c>.
/// </summary>
public sealed class CertificateOptions
{
    public const string Section = "Presence:Certificate";

    /// <summary>
    /// Folder with <c>&lt;domain&gt;.pem</c> for each domain, the key in it or in <c>&lt;domain&gt;.key</c>; default none.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>PKCS #12 (<c>.pfx</c>, <c>.p12</c>), or PEM with the chain behind it; default none.</summary>
    public string? Path { get; init; }

    /// <summary>PEM file of the private key if <see cref="Path"/> is a PEM file without it; default none.</summary>
    public string? Key { get; init; }

    /// <summary>Password of the PKCS #12 file or of the encrypted key; default none. Never shown.</summary>
    public string? Password { get; init; }
}
