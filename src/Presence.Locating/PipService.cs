using Presence.Model.Addresses;

namespace Presence.Locating;

/// <summary>A service that a domain may offer, as its SRV records name it.</summary>
/// <param name="Label">What stands before the domain.</param>
/// <param name="DefaultPort">The port where there is no SRV record.</param>
public sealed record PipService(string Label, int DefaultPort)
{
    public static readonly PipService Client = new("_pips-client._tcp", 7750);
    public static readonly PipService Server = new("_pips-server._tcp", 7751);

    /// <summary>Entry for <c>im:</c> URIs (RFC 3861).</summary>
    public static readonly PipService InstantMessages = new("_im._pip", 7751);

    /// <summary>Entry for <c>pres:</c> URIs (RFC 3861).</summary>
    public static readonly PipService PresenceInformation = new("_pres._pip", 7751);

    /// <summary>The service that a URI asks for, by its scheme; null if it is none of ours.</summary>
    public static PipService? OfScheme(string scheme) => scheme switch
    {
        "im" => InstantMessages,
        "pres" => PresenceInformation,
        "pip" => Client,
        _ => null,
    };

    public string NameAt(Domain domain) => $"{Label}.{domain.Value}";
}
