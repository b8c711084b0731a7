using Google.Protobuf;
using Google.Protobuf.Reflection;
using Presence.Protocol.Framing;

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
        var read = new HashSet<string>(StringComparer.Ordinal) { "dup" };
        if (Response.Descriptor.FindFieldByName(member) is { } field)
        {
            var result = field.MessageType.Parser.ParseFrom(ByteString.Empty);
            Fill(result, frame, read);
            field.Accessor.SetValue(response, result);
        }
        else if (frame.Body is { } body)
        {
            response.Body = UnsafeByteOperations.UnsafeWrap(body);
        }

        response.Extra.Add(Rest(frame, read));
        return response;
    }

    public static Event ReadEvent(Frame frame)
    {
        var @event = new Event { Number = frame.Number };
        var read = new HashSet<string>(StringComparer.Ordinal);
        if (frame.Parameters["prev"] is { } previous && long.TryParse(previous, out var number))
        {
            @event.Previous = number;
            read.Add("prev");
        }

        if (Events.TryGetValue(frame.Verb, out var field))
        {
            var kind = field.MessageType.Parser.ParseFrom(ByteString.Empty);
            Fill(kind, frame, read);
            field.Accessor.SetValue(@event, kind);
        }
        else
        {
            @event.Other = new OtherEvent { Verb = frame.Verb, Target = frame.Target ?? "", Body = BodyOf(frame) };
        }

        @event.Extra.Add(Rest(frame, read));
        return @event;
    }

    /// <summary>Fills one message of its own, as the result of a call.</summary>
    public static void Fill(IMessage message, Frame frame) => Fill(message, frame, []);

    private static void Fill(IMessage message, Frame frame, HashSet<string> read)
    {
        var rule = MessageRule.Of(message.Descriptor);
        var isList = rule.Items is not null && frame.Body is not null && frame.Parameters["type"] == rule.ListType;
        if (isList)
        {
            read.Add("type");
            TypedList.Read(rule.Items!, message, frame.Body!.Value.Span);
        }

        foreach (var field in rule.Fields)
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
                case Place.Parameter when !read.Contains(field.Parameter)
                    && frame.Parameters[field.Parameter] is { } text && FieldText.TrySet(field.Field, message, text):
                    read.Add(field.Parameter);
                    break;
            }
        }
    }

    private static List<Parameter> Rest(Frame frame, HashSet<string> read)
    {
        var rest = new List<Parameter>();
        foreach (var parameter in frame.Parameters)
        {
            if (!read.Contains(parameter.Name))
                rest.Add(new Parameter { Name = parameter.Name, Value = parameter.Value, Critical = parameter.IsCritical });
        }

        return rest;
    }

    private static ByteString BodyOf(Frame frame) =>
        frame.Body is { } body ? UnsafeByteOperations.UnsafeWrap(body) : ByteString.Empty;
}
