using Google.Protobuf;
using Presence.Protocol.Framing;

namespace Presence.V1.Typed;

/// <summary>A frame of a client as a message of the Session stream: by the general escape, which says any of them.</summary>
internal static class ClientFrames
{
    /// <param name="frame">A request or an acknowledgement.</param>
    public static ClientFrame Of(Frame frame)
    {
        if (frame.Kind == FrameKind.Acknowledgement)
            return new ClientFrame { Acknowledge = frame.Number };
        var other = new OtherRequest { Verb = frame.Verb, Target = frame.Target ?? "" };
        if (frame.Body is { } body)
            other.Body = UnsafeByteOperations.UnsafeWrap(body);
        var message = new ClientFrame { Tag = frame.Number, Other = other };
        foreach (var parameter in frame.Parameters)
            message.Extra.Add(new Parameter { Name = parameter.Name, Value = parameter.Value, Critical = parameter.IsCritical });
        return message;
    }
}
