using System.Text;
using System.Xml;
using Presence.Model.Addresses;
using Presence.Model.Composition;
using Presence.Model.Properties;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Handlers;

/// <summary>
/// Presence in the form of RFC 3863, with person and devices of RFC 4479 and the activities of RFC 4480: of what the asker
/// may read and nothing else. Mapping: docs/protocol/properties.md, "Mappings".
/// </summary>
internal static class PidfDocument
{
    public const string Type = "application/pidf+xml";

    private const string Pidf = "urn:ietf:params:xml:ns:pidf";
    private const string Data = "urn:ietf:params:xml:ns:pidf:data-model";
    private const string Rpid = "urn:ietf:params:xml:ns:pidf:rpid";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false) };

    public static ReadOnlyMemory<byte> Of(Address node, IReadOnlyCollection<Property> readable)
    {
        using var octets = new MemoryStream();
        using (var xml = XmlWriter.Create(octets, Settings))
        {
            xml.WriteStartElement("presence", Pidf);
            xml.WriteAttributeString("xmlns", "dm", null, Data);
            xml.WriteAttributeString("xmlns", "rpid", null, Rpid);
            xml.WriteAttributeString("entity", $"pres:{node}");
            var endpoints = readable.Where(p => p.Path.Count == 3 && StandardPaths.IsUnderEndpoints(p.Path))
                .GroupBy(p => p.Path.Segments[1]).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
            Tuples(xml, node, readable, endpoints);
            Person(xml, readable);
            for (var n = 0; n < endpoints.Count; n++)
                Device(xml, n, Text(endpoints[n], "device"));
            xml.WriteEndElement();
        }

        return octets.ToArray();
    }

    /// <summary>One for each endpoint; where none may be seen, the user's own status stands for them.</summary>
    private static void Tuples(
        XmlWriter xml, Address node, IEnumerable<Property> readable, List<IGrouping<string, Property>> endpoints)
    {
        for (var n = 0; n < endpoints.Count; n++)
            Tuple(xml, $"e{n}", Find(endpoints[n], "status"), Text(endpoints[n], "contact"));
        if (endpoints.Count == 0 && UserLevel(readable, "status") is { } status)
            Tuple(xml, "u", status, $"im:{node}");
    }

    private static void Tuple(XmlWriter xml, string id, Property? status, string? contact)
    {
        xml.WriteStartElement("tuple", Pidf);
        xml.WriteAttributeString("id", id);
        xml.WriteStartElement("status", Pidf);
        if (status is not null)
            xml.WriteElementString("basic", Pidf, StatusToken.IsOffline(status.Value.Text) ? "closed" : "open");
        xml.WriteEndElement();
        if (contact is not null && Uri.IsWellFormedUriString(contact, UriKind.Absolute))
            xml.WriteElementString("contact", Pidf, contact);
        if (status is not null)
            xml.WriteElementString("timestamp", Pidf, WireTime.ToText(status.ChangedAt));
        xml.WriteEndElement();
    }

    private static void Person(XmlWriter xml, IReadOnlyCollection<Property> readable)
    {
        var status = UserLevel(readable, "status");
        var activities = Activities(status?.Value.Text, UserLevel(readable, "activity")?.Value.Text);
        var place = UserLevel(readable, "place")?.Value.Text;
        var mood = UserLevel(readable, "mood")?.Value.Text;
        var note = UserLevel(readable, "note");
        if (status is null && activities.Count == 0 && place is null && mood is null && note is null)
            return;
        xml.WriteStartElement("person", Data);
        xml.WriteAttributeString("id", "p");
        Words(xml, "activities", activities);
        Words(xml, "mood", mood is null ? [] : [mood]);
        if (place is not null)
        {
            xml.WriteStartElement("place-is", Rpid);
            xml.WriteElementString("note", Rpid, Clean(place));
            xml.WriteEndElement();
        }

        if (note?.Value.Text is { } text)
        {
            xml.WriteStartElement("note", Data);
            if (note.Value.Language is { } language)
                xml.WriteAttributeString("xml", "lang", null, Clean(language));
            xml.WriteString(Clean(text));
            xml.WriteEndElement();
        }

        if (status is not null)
            xml.WriteElementString("timestamp", Data, WireTime.ToText(status.ChangedAt));
        xml.WriteEndElement();
    }

    private static void Device(XmlWriter xml, int n, string? device)
    {
        if (device is null || !Uri.IsWellFormedUriString(device, UriKind.Absolute))
            return;
        xml.WriteStartElement("device", Data);
        xml.WriteAttributeString("id", $"d{n}");
        xml.WriteElementString("deviceID", Data, device);
        xml.WriteEndElement();
    }

    private static List<string> Activities(string? status, string? activity)
    {
        var words = (activity ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToList();
        if (status is "away" or "xa")
            words.Insert(0, "away");
        else if (status is "busy" or StatusToken.DoNotDisturb)
            words.Insert(0, "busy");
        return [.. words.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Words are names of elements; what is no name is told as another one.</summary>
    private static void Words(XmlWriter xml, string element, List<string> words)
    {
        if (words.Count == 0)
            return;
        xml.WriteStartElement(element, Rpid);
        foreach (var word in words)
        {
            if (word.All(c => char.IsAsciiLetterLower(c) || c == '-') && char.IsAsciiLetterLower(word[0]))
                xml.WriteElementString(word, Rpid, null);
            else
                xml.WriteElementString("other", Rpid, Clean(word));
        }

        xml.WriteEndElement();
    }

    private static Property? UserLevel(IEnumerable<Property> readable, string name) =>
        readable.FirstOrDefault(p => p.Path.Count == 1 && p.Path.Last == name);

    private static Property? Find(IEnumerable<Property> endpoint, string name) =>
        endpoint.FirstOrDefault(p => p.Path.Last == name);

    private static string? Text(IEnumerable<Property> endpoint, string name) => Find(endpoint, name)?.Value.Text;

    /// <summary>XML has no way to write some characters that a property may hold.</summary>
    private static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => IsXml(rune) ? rune.ToString() : "\uFFFD"));

    private static bool IsXml(Rune rune) => rune.Value is 0x9 or 0xA or 0xD or (>= 0x20 and not 0xFFFE and not 0xFFFF);
}
