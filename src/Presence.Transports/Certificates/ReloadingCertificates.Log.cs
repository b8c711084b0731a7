using Microsoft.Extensions.Logging;

namespace Presence.Transports.Certificates;

public sealed partial class ReloadingCertificates
{
    [LoggerMessage(2053, LogLevel.Information, "Certificates were read anew from {Files}.")]
    private partial void LogReloaded(CertificatePlan files);

    [LoggerMessage(2054, LogLevel.Error, "Certificates in {Files} cannot be used, the old ones stay: {Why}")]
    private partial void LogUnusable(CertificatePlan files, string why);
}
