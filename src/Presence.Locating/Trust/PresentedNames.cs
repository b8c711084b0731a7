using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Presence.Model.Addresses;

namespace Presence.Locating.Trust;

/// <summary>
/// The names for which a certificate was issued. The common name is none of them, and a wildcard names nobody: a
/// certificate for <c>*.example</c> would speak for domains whose owners never asked for it.
/// </summary>
public static class PresentedNames
{
    /// <summary>Names looked at; a certificate with more is made to keep its reader busy.</summary>
    public const int MaxNames = 128;

    // RFC 4985: otherName of type id-on-dnsSRV, an IA5String such as _pips-server.a.example.
    private const string ServiceName = "1.3.6.1.5.5.7.8.7";
    private const string ServicePrefix = "_pips-server.";

    // GeneralName ::= CHOICE { otherName [0], rfc822Name [1], dNSName [2], … iPAddress [7] … }, RFC 5280.
    private static readonly Asn1Tag OtherName = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag IpAddress = new(TagClass.ContextSpecific, 7);

    /// <summary>The domains named; empty too if the extension cannot be read.</summary>
    public static IReadOnlySet<Domain> Of(X509Certificate2 certificate)
    {
        var domains = new HashSet<Domain>();
        try
        {
            foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
                Read(extension.RawData, domains);
        }
        catch (AsnContentException)
        {
            // What cannot be read to its end proves nothing, not even its beginning.
            domains.Clear();
        }

        return domains;
    }

    private static void Read(ReadOnlyMemory<byte> extension, HashSet<Domain> domains)
    {
        var names = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
        for (var seen = 0; names.HasData && seen < MaxNames; seen++)
        {
            if (ReadName(names) is { } name && Domain.TryParse(name, out var domain, out _))
                domains.Add(domain);
        }
    }

    private static string? ReadName(AsnReader names)
    {
        var tag = names.PeekTag();
        if (tag.HasSameClassAndValue(DnsName))
            return HostName(names.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
        if (tag.HasSameClassAndValue(OtherName))
            return Service(names.ReadSequence(OtherName));
        if (tag.HasSameClassAndValue(IpAddress))
            return Literal(names.ReadOctetString(IpAddress));
        names.ReadEncodedValue();
        return null;
    }

    // A bare IPv4 address in a dNSName is no name of the DNS; as a domain it would be one in brackets, or nothing.
    private static string? HostName(string name) => IPAddress.TryParse(name, out _) ? null : name;

    private static string? Service(AsnReader otherName)
    {
        if (otherName.ReadObjectIdentifier() != ServiceName)
            return null;
        var value = otherName.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true));
        var service = value.ReadCharacterString(UniversalTagNumber.IA5String);
        return service.StartsWith(ServicePrefix, StringComparison.OrdinalIgnoreCase)
            ? HostName(service[ServicePrefix.Length..])
            : null;
    }

    private static string? Literal(byte[] octets) => octets.Length is 4 or 16 ? $"[{new IPAddress(octets)}]" : null;
}
