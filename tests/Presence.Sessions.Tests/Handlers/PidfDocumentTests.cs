using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Sessions.Handlers;

namespace Presence.Sessions.Tests.Handlers;

/// <summary>Presence documents against the schema of RFC 3863.</summary>
public sealed class PidfDocumentTests
{
    private static readonly XNamespace Pidf = "urn:ietf:params:xml:ns:pidf";
    private static readonly XNamespace Data = "urn:ietf:params:xml:ns:pidf:data-model";
    private static readonly XNamespace Rpid = "urn:ietf:params:xml:ns:pidf:rpid";
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Who_sees_the_status_only_sees_one_tuple_for_the_user()
    {
        var document = Write(("status", "dnd"));
        var tuple = Assert.Single(document.Elements(Pidf + "tuple"));
        Assert.Equal("open", tuple.Element(Pidf + "status")?.Element(Pidf + "basic")?.Value);
        Assert.Equal("im:bob@b.example", tuple.Element(Pidf + "contact")?.Value);
        Assert.Equal("2026-03-01T12:00:00.000Z", tuple.Element(Pidf + "timestamp")?.Value);
        Assert.NotNull(document.Element(Data + "person")?.Element(Rpid + "activities")?.Element(Rpid + "busy"));
    }

    [Fact]
    public void Who_is_offline_is_closed() =>
        Assert.Equal("closed", Write(("status", "offline")).Descendants(Pidf + "basic").Single().Value);

    [Fact]
    [Trait("Conformance", "PRP-13")]
    public void Visible_endpoints_are_tuples_and_devices()
    {
        var document = Write(
            ("status", "online"), ("ep/desk/status", "online"), ("ep/desk/contact", "sip:bob@192.0.2.1"),
            ("ep/phone/status", "offline"), ("ep/phone/device", "urn:uuid:48662e19-5fbf-43fc-a2fd-d23002787599"));
        Assert.Equal(["open", "closed"], document.Descendants(Pidf + "basic").Select(basic => basic.Value));
        Assert.Equal("sip:bob@192.0.2.1", document.Descendants(Pidf + "contact").Single().Value);
        Assert.Single(document.Elements(Data + "device"));
    }

    [Fact]
    public void The_person_is_what_the_user_level_says()
    {
        var document = Write(
            ("status", "away"), ("note", "back <soon> & \u0001 well"), ("activity", "meeting,skiing!"),
            ("mood", "happy"), ("place", "Zürich"));
        var person = document.Element(Data + "person")!;
        Assert.Equal("back <soon> & \uFFFD well", person.Element(Data + "note")?.Value);
        Assert.Equal(
            ["away", "meeting", "other"],
            person.Element(Rpid + "activities")!.Elements().Select(element => element.Name.LocalName));
        Assert.NotNull(person.Element(Rpid + "mood")?.Element(Rpid + "happy"));
        Assert.Equal("Zürich", person.Element(Rpid + "place-is")?.Value);
    }

    [Fact]
    public void Who_sees_nothing_gets_a_document_that_says_nothing() => Assert.Empty(Write().Elements());

    [Fact]
    public void What_is_no_address_is_no_contact() =>
        Assert.Empty(Write(("ep/desk/contact", "call me")).Descendants(Pidf + "contact"));

    /// <summary>The document; fails if it breaks the schema.</summary>
    private static XElement Write(params (string Path, string Text)[] properties)
    {
        var octets = PidfDocument.Of(
            Address.Parse("bob@b.example"),
            [.. properties.Select(p => new Property(PropertyPath.Parse(p.Path), PropertyValue.OfText(p.Text), 1, Noon))]);
        var document = XDocument.Parse(Encoding.UTF8.GetString(octets.Span));
        var schemas = new XmlSchemaSet();
        schemas.Add(Pidf.NamespaceName, XmlReader.Create(Path.Combine(AppContext.BaseDirectory, "Handlers", "pidf.xsd")));
        document.Validate(schemas, (_, fault) => Assert.Fail(fault.Message));
        return document.Root!;
    }
}
