using System.Collections;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Presence.Testing.Wire;
using Presence.V1;

namespace Presence.Conformance.Grpc;

/// <summary>
/// A request as a check writes it, as the typed message that the .proto files have for it. What no field takes is an extra
/// parameter; a request that no message takes goes by OtherRequest.
/// </summary>
internal static class RequestReader
{
    private static readonly Dictionary<string, FieldDescriptor> Requests = ClientFrame.Descriptor.Oneofs[0].Fields
        .Where(field => field.FieldType == FieldType.Message && Fields.VerbOf(field.MessageType).Length > 0)
        .ToDictionary(field => Fields.VerbOf(field.MessageType), StringComparer.Ordinal);

    /// <summary>Null if no message can stand for it.</summary>
    public static ClientFrame? Read(string text, byte[]? body)
    {
        if (Parse(text) is not { } line || line.Words.Count is < 2 or > 3)
            return null;
        if (line.Words[0] == "ACK" && line.Words[1].StartsWith('#'))
            return Number(line.Words[1][1..]) is { } seen ? new ClientFrame { Acknowledge = seen } : null;
        if (line.Words[0] is not { Length: >= 3 and <= 8 } verb || !verb.All(char.IsAsciiLetterUpper)
            || Number(line.Words[1]) is not { } tag)
            return null;
        return Requests.TryGetValue(verb, out var kind) && Typed(kind, line, body) is { } typed
            ? WithTag(typed, tag)
            : WithTag(Other(verb, line, body), tag);
    }

    /// <summary>Null where the form itself is the matter, which typed messages do not have.</summary>
    private static WireLine? Parse(string text)
    {
        try
        {
            var line = WireLine.Parse(text);
            var plain = text.IndexOf('%', StringComparison.Ordinal) < 0
                || !text.Split('%').Skip(1).Any(rest => rest.Length < 2 || rest[..2].Any(char.IsAsciiLetterLower));
            return plain && !text.AsSpan().ContainsAny('{', '}') && !text.Any(char.IsControl) ? line : null;
        }
        catch (WireException)
        {
            return null;
        }
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : null;

    private static ClientFrame WithTag(ClientFrame frame, long tag)
    {
        frame.Tag = tag;
        return frame;
    }

    private static ClientFrame Other(string verb, WireLine line, byte[]? body)
    {
        var other = new OtherRequest { Verb = verb, Target = line.Words.ElementAtOrDefault(2) ?? "" };
        if (body is not null)
            other.Body = ByteString.CopyFrom(body);
        return new ClientFrame { Other = other, Extra = { line.Parameters.Select(Extra) } };
    }

    private static Parameter Extra(KeyValuePair<string, string> parameter) => new()
    {
        Name = parameter.Key.TrimStart('!'),
        Value = parameter.Value,
        Critical = parameter.Key.StartsWith('!'),
    };

    /// <summary>Null if the message has no place for its target or body.</summary>
    private static ClientFrame? Typed(FieldDescriptor kind, WireLine line, byte[]? body)
    {
        var request = Fields.New(kind.MessageType);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (!TakeTarget(request, line, taken) || !TakeBody(request, line, body, taken))
            return null;
        foreach (var parameter in line.Parameters.Where(one => !taken.Contains(one.Key)))
        {
            if (Fields.Named(request.Descriptor, parameter.Key) is { } field && Fields.TrySet(field, request, parameter.Value))
                taken.Add(parameter.Key);
        }

        var frame = new ClientFrame { Extra = { line.Parameters.Where(one => !taken.Contains(one.Key)).Select(Extra) } };
        kind.Accessor.SetValue(frame, request);
        return frame;
    }

    private static bool TakeTarget(IMessage request, WireLine line, HashSet<string> taken)
    {
        var target = line.Words.ElementAtOrDefault(2);
        if (Fields.At(request.Descriptor, Place.Recipients) is { } recipients)
        {
            var several = target == "*" ? line["to"]?.Split(',') : null;
            if (target is null || (target == "*" && several is not { Length: > 1 }))
                return false;
            foreach (var recipient in several ?? [target])
                ((IList)recipients.Accessor.GetValue(request)).Add(recipient);
            if (several is not null)
                taken.Add("to");
            return true;
        }

        var field = Fields.At(request.Descriptor, Place.Target) ?? Fields.At(request.Descriptor, Place.Node);
        if (field is null || target is null)
            return target is null && (field is null || Fields.PlaceOf(field) == Place.Target);
        field.Accessor.SetValue(request, target);
        return true;
    }

    private static bool TakeBody(IMessage request, WireLine line, byte[]? body, HashSet<string> taken)
    {
        var type = request.Descriptor.GetOptions()?.GetExtension(OptionsExtensions.ListType) ?? "";
        if (Fields.At(request.Descriptor, Place.Items) is { } items && type.Length > 0 && line["type"] == type && body is not null
            && TakeItems(request, items, Encoding.UTF8.GetString(body)))
        {
            taken.Add("type");
            return true;
        }

        if (body is null)
            return true;
        if (Fields.At(request.Descriptor, Place.Body) is not { } field)
            return false;
        field.Accessor.SetValue(request, ByteString.CopyFrom(body));
        return true;
    }

    private static bool TakeItems(IMessage request, FieldDescriptor items, string text)
    {
        var list = (IList)items.Accessor.GetValue(request);
        var isAlways = request.Descriptor.GetOptions()?.GetExtension(OptionsExtensions.ListAlways) == true;
        foreach (var one in text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0))
        {
            if (Parse(one) is not { } line || Item(items.MessageType, line) is not { } item)
            {
                list.Clear();
                return false;
            }

            list.Add(item);
        }

        return isAlways || list.Count > 0;
    }

    private static IMessage? Item(MessageDescriptor type, WireLine line)
    {
        var item = Fields.New(type);
        Place[] places = [Place.First, Place.Second, Place.Third];
        if (line.Words.Count > places.Length)
            return null;
        for (var n = 0; n < line.Words.Count; n++)
        {
            if (Fields.At(type, places[n]) is not { } field || !Fields.TrySet(field, item, line.Words[n]))
                return null;
        }

        return line.Parameters.All(one =>
            Fields.Named(type, one.Key) is { } field && Fields.TrySet(field, item, one.Value)) ? item : null;
    }
}
