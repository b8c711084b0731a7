namespace Presence.Transports.Certificates;

/// <summary>
/// Which client certificates let users and services in by AUTH EXTERNAL. Without either none is asked for. Configuration
/// section <c>Presence:ClientCertificates</c>.
/// </summary>
public sealed class ClientCertificateSettings
{
    public const string Section = "Presence:ClientCertificates";

    /// <summary>
    /// PEM file of the authorities whose certificates are taken for the addresses they name: e-mail names and <c>pip:</c> URIs
    /// among the subject's alternative names. Default none.
    /// </summary>
    public string? Authorities { get; init; }

    /// <summary>
    /// Single certificates, whoever issued them: <c>sha-256:</c> and 64 hexadecimal digits of the certificate, a blank, and the
    /// address that it stands for. Default none.
    /// </summary>
    public IReadOnlyList<string> Pins { get; init; } = [];
}
