using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using Presence.Protocol.Framing;
using WireParameter = Presence.Protocol.Framing.Parameter;

namespace Presence.V1.Typed;

/// <summary>Reads what a session writes as typed messages. What no field is there for becomes an extra parameter.</summary>
internal static class TypedFrame
{
    private static readonly Dictionary<string, FieldDescriptor> Events = Event.Descriptor.Oneofs[0].Fields
        .Where(field => MessageRule.Of(field.MessageType).Verb.Length > 0)
        .ToDictionary(field => MessageRule.Of(field.MessageType).Verb, StringComparer.Ordinal);

    /// <param name="frame">A response.</param>
    /// <param name="answer">The member of <see cref="Response"/> that a good one is told by; empty for none.</param>
    public static Response ReadResponse(Frame frame, string answer)
    {
        var response = new Response
        {
            Tag = frame.Number,
            Code = frame.Code,
            Reason = frame.Reason,
            RepeatedAnswer = frame.Parameters["dup"] == "yes",
        };
        var member = frame.Code >= 400 ? "fault" : frame.Code == 220 ? "greeting" : answer;
        if (Response.Descriptor.FindFieldByName(member) is { } field)
        {
            var result = MessageRule.Of(field.MessageType).Create();
            Fill(result, frame, "dup", response.Extra);
            field.Accessor.SetValue(response, result);
            return response;
        }

        if (frame.Body is { } body)
            response.Body = UnsafeByteOperations.UnsafeWrap(body);
        AddRest(frame, "dup", response.Extra);
        return response;
    }

    public static Event ReadEvent(Frame frame)
    {
        var @event = new Event { Number = frame.Number };
        string? read = null;
        if (frame.Parameters["prev"] is { } previous && long.TryParse(previous, out var number))
        {
            @event.Previous = number;
            read = "prev";
        }

        if (Events.TryGetValue(frame.Verb, out var field))
        {
            var kind = MessageRule.Of(field.MessageType).Create();
            Fill(kind, frame, read, @event.Extra);
            field.Accessor.SetValue(@event, kind);
            return @event;
        }

        @event.Other = new OtherEvent { Verb = frame.Verb, Target = frame.Target ?? "", Body = BodyOf(frame) };
        AddRest(frame, read, @event.Extra);
        return @event;
    }

    /// <summary>Fills one message of its own, as the result of a call.</summary>
    public static void Fill(IMessage message, Frame frame) => Fill(message, frame, null, null);

    /// <param name="message">An empty one.</param>
    /// <param name="frame">What it is filled from.</param>
    /// <param name="read">A parameter that the caller has read, or null.</param>
    /// <param name="rest">Takes the parameters that no field is there for, or null.</param>
    private static void Fill(IMessage message, Frame frame, string? read, RepeatedField<Parameter>? rest)
    {
        var rule = MessageRule.Of(message.Descriptor);
        var isList = rule.Items is not null && frame.Body is not null && frame.Parameters["type"] == rule.ListType;
        if (isList)
            TypedList.Read(rule.Items!, message, frame.Body!.Value.Span);
        foreach (var field in rule.Others)
        {
            switch (field.Place)
            {
                case Place.Target or Place.Node:
                    field.Field.Accessor.SetValue(message, frame.Target ?? "");
                    break;
                case Place.Code:
                    field.Field.Accessor.SetValue(message, frame.Code);
                    break;
                case Place.Reason:
                    field.Field.Accessor.SetValue(message, frame.Reason);
                    break;
                case Place.Body when !isList && frame.Body is not null:
                    field.Field.Accessor.SetValue(message, BodyOf(frame));
                    break;
            }
        }

        foreach (var parameter in frame.Parameters)
        {
            var isRead = parameter.Name == read || (isList && parameter.Name == "type")
                || (rule.ByParameter(parameter.Name)?.Field is { } field
                    && FieldText.TrySet(field, message, parameter.Value));
            if (!isRead)
                rest?.Add(Extra(parameter));
        }
    }

    private static void AddRest(Frame frame, string? read, RepeatedField<Parameter> rest)
    {
        foreach (var parameter in frame.Parameters)
        {
            if (parameter.Name != read)
                rest.Add(Extra(parameter));
        }
    }

    private static Parameter Extra(WireParameter parameter) =>
        new() { Name = parameter.Name, Value = parameter.Value, Critical = parameter.IsCritical };

    private static ByteString BodyOf(Frame frame) =>
        frame.Body is { } body ? UnsafeByteOperations.UnsafeWrap(body) : ByteString.Empty;
}
