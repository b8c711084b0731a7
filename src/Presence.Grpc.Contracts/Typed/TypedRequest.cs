using System.Buffers;
using System.Collections;
using Google.Protobuf;
using Presence.Protocol.Bodies;
using Presence.Protocol.Framing;
using WireParameter = Presence.Protocol.Framing.Parameter;

namespace Presence.V1.Typed;

/// <summary>Writes typed requests as frames.</summary>
internal static class TypedRequest
{
    /// <summary>The octets of one frame.</summary>
    /// <exception cref="ArgumentException">A field holds what cannot stand in a frame: a tag below 1, a target with a space.</exception>
    public static ReadOnlyMemory<byte> Write(IMessage request, long tag, IEnumerable<Parameter> extra)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        if (request is OtherRequest other)
        {
            writer.Request(other.Verb, tag, other.Target.Length > 0 ? other.Target : null);
            Write(ref writer, extra);
            End(ref writer, other.HasBody ? other.Body.Memory : default(ReadOnlyMemory<byte>?));
            return octets.WrittenMemory;
        }

        var rule = MessageRule.Of(request.Descriptor);
        var recipients = Recipients(rule, request);
        writer.Request(rule.Verb, tag, recipients.Count > 1 ? "*" : TargetOf(rule, request, recipients));
        if (recipients.Count > 1)
            writer.Param("to", string.Join(',', recipients));
        var list = ListOf(rule, request);
        foreach (var field in rule.Fields.Where(field => field.Place == Place.Parameter))
        {
            if (FieldText.Of(field.Field, request) is { } text)
                writer.Param(field.Parameter, text);
        }

        if (list is not null)
            writer.Param("type", rule.ListType);
        Write(ref writer, extra);
        End(ref writer, list ?? BodyOf(rule, request));
        return octets.WrittenMemory;
    }

    /// <summary>False if a field holds what cannot stand in a frame.</summary>
    public static bool IsWritable(IMessage request)
    {
        try
        {
            Write(request, 1, []);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The octets of <c>ACK #n</c>.</summary>
    public static ReadOnlyMemory<byte> Acknowledge(long number)
    {
        var octets = new ArrayBufferWriter<byte>();
        new FrameWriter(octets).Acknowledge(number);
        return octets.WrittenMemory;
    }

    /// <summary>The octets of a response to a request of the server's.</summary>
    public static ReadOnlyMemory<byte> Pong(long tag)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        writer.Response(200, tag, "pong");
        writer.End();
        return octets.WrittenMemory;
    }

    private static List<string> Recipients(MessageRule rule, IMessage request) =>
        rule.Target is { Place: Place.Recipients } target
            ? [.. ((IList)target.Field.Accessor.GetValue(request)).Cast<string>()]
            : [];

    private static string? TargetOf(MessageRule rule, IMessage request, List<string> recipients)
    {
        if (rule.Target is not { } target)
            return null;
        if (target.Place == Place.Recipients)
            return recipients.FirstOrDefault();
        return (string)target.Field.Accessor.GetValue(request) is { Length: > 0 } text ? text
            : target.Place == Place.Node ? "~"
            : null;
    }

    private static ReadOnlyMemory<byte>? ListOf(MessageRule rule, IMessage request)
    {
        if (rule.Items is not { } items)
            return null;
        var list = (IList)items.Field.Accessor.GetValue(request);
        if (list.Count == 0 && !rule.WritesEmptyList)
            return null;
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (IMessage item in list)
            Write(ref writer, item);
        return octets.WrittenMemory;
    }

    private static void Write(ref LineBodyWriter writer, IMessage item)
    {
        var rule = MessageRule.Of(item.Descriptor);
        string? Word(Place place) => rule.Fields.FirstOrDefault(field => field.Place == place) is { } field
            ? FieldText.Of(field.Field, item)
            : null;
        writer.Item(Word(Place.First) ?? "", Word(Place.Second), Word(Place.Third));
        foreach (var field in rule.Fields.Where(field => field.Place == Place.Parameter))
        {
            if (FieldText.Of(field.Field, item) is { } text)
                writer.Param(field.Parameter, text);
        }

        writer.End();
    }

    private static ReadOnlyMemory<byte>? BodyOf(MessageRule rule, IMessage request) =>
        rule.Body is { } body && body.Field.Accessor.HasValue(request)
            ? ((ByteString)body.Field.Accessor.GetValue(request)).Memory
            : default(ReadOnlyMemory<byte>?);

    private static void Write(ref FrameWriter writer, IEnumerable<Parameter> extra)
    {
        foreach (var parameter in extra)
            writer.Param(new WireParameter(parameter.Name, parameter.Value, parameter.Critical));
    }

    private static void End(ref FrameWriter writer, ReadOnlyMemory<byte>? body)
    {
        if (body is { } octets)
            writer.End(octets.Span);
        else
            writer.End();
    }
}
