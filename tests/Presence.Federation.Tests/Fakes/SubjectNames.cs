using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Federation.Tests.Fakes;

/// <summary>The extension of alternative names, with service names, which the platform's builder cannot write.</summary>
internal static class SubjectNames
{
    public static X509Extension Of(IEnumerable<string> names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var name in names)
                Add(writer, name);
        }

        return new X509SubjectAlternativeNameExtension(writer.Encode(), critical: false);
    }

    private static void Add(AsnWriter writer, string name)
    {
        if (IPAddress.TryParse(name, out var address))
            writer.WriteOctetString(address.GetAddressBytes(), new Asn1Tag(TagClass.ContextSpecific, 7));
        else if (name.StartsWith('_'))
            AddService(writer, name);
        else
            writer.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
    }

    private static void AddService(AsnWriter writer, string name)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)))
        {
            writer.WriteObjectIdentifier("1.3.6.1.5.5.7.8.7");
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)))
                writer.WriteCharacterString(UniversalTagNumber.IA5String, name);
        }
    }
}
