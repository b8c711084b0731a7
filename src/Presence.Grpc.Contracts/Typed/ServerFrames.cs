using System.Buffers;
using Google.Protobuf;
using Presence.Protocol.Framing;

namespace Presence.V1.Typed;

/// <summary>What came from a server in typed messages, as the frame that it stands for.</summary>
internal static class ServerFrames
{
    /// <summary>The octets of one frame.</summary>
    /// <exception cref="ArgumentException">No frame can say this.</exception>
    public static ReadOnlyMemory<byte> Write(ServerFrame frame)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        if (frame.FrameCase == ServerFrame.FrameOneofCase.Event)
            Write(ref writer, frame.Event);
        else
            Write(ref writer, frame.Response ?? throw new ArgumentException("A frame of no kind.", nameof(frame)));
        return octets.WrittenMemory;
    }

    private static void Write(ref FrameWriter writer, Response response)
    {
        writer.Response(response.Code, response.Tag, response.Reason);
        if (Member(response) is IMessage result)
            Write(ref writer, result);
        Write(ref writer, response.Extra);
        if (response.RepeatedAnswer)
            writer.Param("dup", "yes");
        End(ref writer, response.ResultCase == Response.ResultOneofCase.Body ? response.Body.Memory : default(ReadOnlyMemory<byte>?));
    }

    private static void Write(ref FrameWriter writer, Event told)
    {
        var kind = Member(told) as IMessage ?? throw new ArgumentException("An event of no kind.", nameof(told));
        var rule = MessageRule.Of(kind.Descriptor);
        var other = told.Other;
        var target = other is not null ? other.Target : (string?)rule.Target?.Field.Accessor.GetValue(kind);
        writer.Event(other?.Verb ?? rule.Verb, told.Number, string.IsNullOrEmpty(target) ? null : target);
        if (told.HasPrevious)
            writer.Param("prev", told.Previous);
        if (other is null)
            Write(ref writer, kind);
        Write(ref writer, told.Extra);
        End(ref writer, other is null ? BodyOf(rule, kind) : other.Body.IsEmpty ? default(ReadOnlyMemory<byte>?) : other.Body.Memory);
    }

    /// <summary>A body may be empty; what has a content type has one.</summary>
    private static ReadOnlyMemory<byte>? BodyOf(MessageRule rule, IMessage kind)
    {
        if (rule.Body is not { } body || body.Field.Accessor.GetValue(kind) is not ByteString octets)
            return null;
        var type = kind.Descriptor.FindFieldByName("type")?.Accessor.GetValue(kind) as string;
        return octets.IsEmpty && string.IsNullOrEmpty(type) ? default(ReadOnlyMemory<byte>?) : octets.Memory;
    }

    private static object? Member(IMessage message) =>
        message.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(message)?.Accessor.GetValue(message);

    private static void Write(ref FrameWriter writer, IMessage message)
    {
        foreach (var field in MessageRule.Of(message.Descriptor).Fields.Where(one => one.Place == Place.Parameter))
        {
            if (FieldText.Of(field.Field, message) is { } text)
                writer.Param(field.Parameter, text);
        }
    }

    private static void Write(ref FrameWriter writer, IEnumerable<Parameter> extra)
    {
        foreach (var parameter in extra)
            writer.Param(parameter.Name, parameter.Value);
    }

    private static void End(ref FrameWriter writer, ReadOnlyMemory<byte>? body)
    {
        if (body is { } octets)
            writer.End(octets.Span);
        else
            writer.End();
    }
}
