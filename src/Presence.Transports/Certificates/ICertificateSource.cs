namespace Presence.Transports.Certificates;

/// <summary>
/// Where a TLS listener finds the certificate for a connection. Asked once per handshake, so that a source may change
/// its mind while the listener runs.
/// </summary>
public interface ICertificateSource
{
    /// <summary>
    /// The certificate for the name that the client asked for (SNI). Null if the name is not served here: the handshake
    /// is then aborted, for no certificate stands in for a foreign name (docs/protocol 4.5 and T35).
    /// </summary>
    /// <param name="serverName">As the client sent it, or null if it sent none.</param>
    ServedCertificate? Find(string? serverName);
}
