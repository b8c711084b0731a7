using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Presence.Model.Addresses;

namespace Presence.Transports.Certificates;

/// <summary>The addresses that a certificate names: e-mail names and <c>pip:</c> URIs (RFC 5280 section 4.2.1.6).</summary>
internal static class CertificateNames
{
    private const string AlternativeNames = "2.5.29.17";
    private const string Scheme = "pip:";

    private static readonly Asn1Tag EmailName = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag UriName = new(TagClass.ContextSpecific, 6);

    /// <summary>Names that are no addresses are passed over; an unreadable list names nobody.</summary>
    public static IReadOnlyList<Address> Of(X509Certificate2 certificate)
    {
        try
        {
            return certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == AlternativeNames) is { } names
                ? Read(names.RawData)
                : [];
        }
        catch (AsnContentException)
        {
            return [];
        }
    }

    private static List<Address> Read(byte[] octets)
    {
        List<Address> found = [];
        var names = new AsnReader(octets, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            var tag = names.PeekTag();
            var isUri = tag.HasSameClassAndValue(UriName);
            if (!isUri && !tag.HasSameClassAndValue(EmailName))
            {
                names.ReadEncodedValue();
                continue;
            }

            var text = names.ReadCharacterString(UniversalTagNumber.IA5String, isUri ? UriName : EmailName);
            if (isUri && !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
                continue;
            if (Address.TryParse(isUri ? text[Scheme.Length..] : text, out var address, out _) && !address.IsDomain)
                found.Add(address);
        }

        return found;
    }
}
