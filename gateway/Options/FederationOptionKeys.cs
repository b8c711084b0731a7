using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Presence.Federation;
using Presence.Federation.Peers;
using Presence.Locating;
using Presence.Locating.Dns;

namespace Presence.Gateway.Options;

/// <summary>Keys of federation; those of one peer have the name of its domain in them.</summary>
internal static class FederationOptionKeys
{
    private const string Peer = $"{FederationOptions.Section}:{nameof(FederationOptions.Peers)}:*:";

    private static readonly OptionRule Server = new(
        "host:port", value => HostAndPort.TryParse(value, out _) ? null : "a host and port are needed, as pip.b.example:7751");

    private static readonly OptionRule Resolver = new(
        "IP address, or IP address:port",
        value => DnsServers.Parse(value) is not null ? null : "an IP address is needed, as 192.0.2.53 or 127.0.0.1:5353");

    private static readonly OptionRule Pin = new(
        "64 hexadecimal digits, with or without colons",
        value => IsPin(value) ? null : "a SHA-256 is needed, 64 hexadecimal digits");

    private static readonly OptionRule Roots = new("a PEM file with certificates", NoRoots);

    public static readonly OptionKey[] All =
    [
        new($"{FederationOptions.Section}:{nameof(FederationOptions.Trust)}", nameof(FederationTrust.Off),
            OptionRules.Word<FederationTrust>(), "Whom this node speaks with: nobody, those below Peers, all but the blocked."),
        new($"{FederationOptions.Section}:{nameof(FederationOptions.Authorities)}", "", Roots,
            "PEM file of the authorities for other domains. None: those of the system."),
        new($"{FederationOptions.Section}:{nameof(FederationOptions.ConnectionsPerAddress)}", "256",
            OptionRules.Whole(1, 65_536), "Connections of one address at the listener for domains."),
        new($"{FederationOptions.Section}:{nameof(FederationOptions.Claims)}", "false", OptionRules.Flag,
            "Whether a domain may be claimed on the link of another one, by a call-back."),
        new($"{FederationOptions.Section}:{nameof(FederationOptions.ClaimSecret)}", "", OptionCatalogue.Secret,
            "What keys of claims are made of; the same on all gateways.", IsSecret: true),
        new($"{Peer}{nameof(PeerOptions.Blocked)}", "false", OptionRules.Flag,
            "Refuses the domain that stands in place of *."),
        new($"{Peer}{nameof(PeerOptions.Address)}", "", Server, "Where it is. None: the DNS tells."),
        new($"{Peer}{nameof(PeerOptions.Authorities)}", "", Roots, "Authorities for this domain alone."),
        new($"{Peer}{nameof(PeerOptions.Claims)}", "", OptionRules.Flag, "Whether it may be claimed. None: as all."),
        new($"{Peer}{nameof(PeerOptions.Pins)}:#", "", Pin, "SHA-256 of a public key that it may have."),
        new($"{DnsOptions.Section}:{nameof(DnsOptions.Servers)}:#", "", Resolver, "Resolvers. None: those of the system."),
        new($"{DnsOptions.Section}:{nameof(DnsOptions.Timeout)}", new DnsOptions().Timeout.ToString("c"),
            OptionRules.Duration(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10)),
            "Time for a resolver to answer once."),
        new($"{DnsOptions.Section}:{nameof(DnsOptions.Rounds)}", "2", OptionRules.Whole(1, 5),
            "How often each resolver is asked."),
    ];

    private static string? NoRoots(string path)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (Exception cause) when (
            cause is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return cause.Message.TrimEnd('.');
        }

        return roots.Count > 0 ? null : "there is no certificate in it";
    }

    private static bool IsPin(string value) =>
        value.Replace(":", "", StringComparison.Ordinal) is { Length: 64 } digits && digits.All(char.IsAsciiHexDigit);
}
