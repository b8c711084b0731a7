using System.Buffers;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary>An event that another gateway had written: read from its frame and written anew (F8), whatever it is about.</summary>
internal sealed class RelayedEvent(Frame frame, SavedEvent saved) : OutboundEvent
{
    public override object? SupersedeKey { get; } = saved.Node is { } node && saved.Id is { } id && saved.Path is { } path
        ? new ValueKey(node, id, path)
        : null;

    public override MarkedKey? Message { get; } = saved.Message is { } key ? new MarkedKey(key) : null;

    public override int Octets => saved.Frame.Length;

    /// <exception cref="ArgumentException">The octets are no single frame: the other gateway is broken.</exception>
    public static RelayedEvent Read(SavedEvent saved)
    {
        var rest = new ReadOnlySequence<byte>(saved.Frame);
        var result = new FrameReader(new FrameLimits(int.MaxValue, int.MaxValue)).Read(ref rest);
        return result.Status == ReadStatus.Frame && rest.IsEmpty
            ? new RelayedEvent(result.Frame!, saved)
            : throw new ArgumentException("The saved event is no frame.", nameof(saved));
    }

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event(frame.Verb, sequence, frame.Target);
        foreach (var parameter in frame.Parameters)
            writer.Param(parameter);
        if (frame.Body is { } body)
            writer.End(body.Span);
        else
            writer.End();
    }
}
