using System.Collections;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Presence.V1;

namespace Presence.Conformance.Grpc;

/// <summary>What a server says in typed messages, as the frame that they stand for.</summary>
internal sealed class FrameText
{
    private readonly StringBuilder _line = new();
    private byte[]? _body;

    public static byte[] Of(ServerFrame frame)
    {
        var text = new FrameText();
        if (frame.FrameCase == ServerFrame.FrameOneofCase.Event)
            text.Add(frame.Event);
        else
            text.Add(frame.Response);
        return text.Octets();
    }

    private void Add(Response response)
    {
        _line.Append(CultureInfo.InvariantCulture, $"{response.Code} {response.Tag} {Word(response.Reason)}");
        if (response.RepeatedAnswer)
            Param("dup", "yes");
        Add(response, response.Extra);
        if (response.ResultCase == Response.ResultOneofCase.Body)
            _body = response.Body.ToByteArray();
    }

    private void Add(Event told)
    {
        var kind = Event.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(told);
        var content = (IMessage)kind.Accessor.GetValue(told);
        var verb = told.Other?.Verb ?? Fields.VerbOf(content.Descriptor);
        var field = Fields.At(content.Descriptor, Place.Target) ?? Fields.At(content.Descriptor, Place.Node);
        var target = told.Other?.Target ?? (string?)field?.Accessor.GetValue(content) ?? "";
        _line.Append(CultureInfo.InvariantCulture, $"{verb} #{told.Number}{(target.Length == 0 ? "" : $" {Word(target)}")}");
        if (told.HasPrevious)
            Param("prev", $"{told.Previous}");
        if (told.Other is { } other)
            (content, _body) = (new WriteResult(), other.Body.IsEmpty ? null : other.Body.ToByteArray());
        Content(content);
        Extra(told.Extra);
    }

    private void Add(Response response, IEnumerable<Parameter> extra)
    {
        var kind = Response.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(response);
        if (kind is not null && kind.Accessor.GetValue(response) is IMessage content)
            Content(content);
        Extra(extra);
    }

    private void Content(IMessage content)
    {
        foreach (var field in content.Descriptor.Fields.InFieldNumberOrder())
        {
            switch (Fields.PlaceOf(field))
            {
                case Place.Parameter when Fields.TextOf(field, content) is { } text:
                    Param(Fields.NameOf(field), text);
                    break;
                case Place.Body when (ByteString)field.Accessor.GetValue(content) is { IsEmpty: false } octets:
                    _body = octets.ToByteArray();
                    break;
                case Place.Items when (IList)field.Accessor.GetValue(content) is { Count: > 0 } items:
                    Param("type", content.Descriptor.GetOptions().GetExtension(OptionsExtensions.ListType));
                    _body = Encoding.UTF8.GetBytes(string.Concat(items.Cast<IMessage>().Select(Item)));
                    break;
            }
        }
    }

    private static string Item(IMessage item)
    {
        var line = new FrameText();
        Place[] places = [Place.First, Place.Second, Place.Third];
        var words = places.Select(place => Fields.At(item.Descriptor, place)).OfType<Google.Protobuf.Reflection.FieldDescriptor>()
            .Select(field => Fields.TextOf(field, item)).OfType<string>().Select(Word);
        line._line.AppendJoin(' ', words);
        line.Content(item);
        return line._line.Append("\r\n").ToString();
    }

    private void Extra(IEnumerable<Parameter> extra)
    {
        foreach (var parameter in extra)
            Param((parameter.Critical ? "!" : "") + parameter.Name, parameter.Value);
    }

    private void Param(string name, string value) => _line.Append(' ').Append(name).Append('=').Append(Escaped(value, ""));

    private static string Word(string text) => Escaped(text, "=");

    private static string Escaped(string text, string more)
    {
        var escaped = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            var character = (char)octet;
            if (octet is <= 0x20 or >= 0x7F || "%{}".Contains(character) || more.Contains(character))
                escaped.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            else
                escaped.Append(character);
        }

        return escaped.ToString();
    }

    private byte[] Octets()
    {
        var head = Encoding.UTF8.GetBytes(_body is null ? $"{_line}\r\n" : $"{_line} {{{_body.Length}}}\r\n");
        return _body is null ? head : [.. head, .. _body, (byte)'\r', (byte)'\n'];
    }
}
