using System.Security.Authentication;

namespace Presence.Protocol.Sasl;

/// <summary>The SCRAM attribute <c>t</c>: the TLS version as four hexadecimal digits (XEP-0515).</summary>
public static class TlsVersion
{
    public const string Tls12 = "0303";
    public const string Tls13 = "0304";

    /// <summary>Null for anything but the two versions that docs/protocol 8.4 allows.</summary>
    public static string? From(SslProtocols negotiated) => negotiated switch
    {
        SslProtocols.Tls12 => Tls12,
        SslProtocols.Tls13 => Tls13,
        _ => null,
    };
}
