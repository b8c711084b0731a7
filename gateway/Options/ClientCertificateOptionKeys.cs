using Presence.Transports.Certificates;

namespace Presence.Gateway.Options;

/// <summary>Keys of client certificates.</summary>
internal static class ClientCertificateOptionKeys
{
    private static readonly OptionRule Pin = new(
        "sha-256:DIGITS address",
        value => CertificatePin.TryParse(value, out _) ? null : "a fingerprint and an address are needed");

    private static readonly OptionRule Authorities = new(
        "a PEM file of certificates",
        value => CertificateFiles.HoldsAuthorities(value) ? null : "the file holds no certificates that can be read");

    public static readonly OptionKey[] All =
    [
        new($"{ClientCertificateSettings.Section}:{nameof(ClientCertificateSettings.Authorities)}", "", Authorities,
            "Authorities whose client certificates are taken for AUTH EXTERNAL."),
        new($"{ClientCertificateSettings.Section}:{nameof(ClientCertificateSettings.Pins)}:#", "", Pin,
            "Single client certificates, and whom each stands for."),
    ];
}
