using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary>
/// A message of a group for many sessions: encoded when the first one writes it, and copied by the others, which saves encoding
/// it for each (<c>bench group</c>). One object stands in all outboxes.
/// </summary>
internal sealed class SharedMessageEvent(MessageNotice notice) : OutboundEvent
{
    private readonly MessageEvent _one = new(notice);
    private SharedEvent? _event;

    public override object? SupersedeKey => _one.SupersedeKey;

    public override bool IsFleeting => _one.IsFleeting;

    public override MarkedKey? Message => _one.Message;

    public override int Octets => _one.Octets;

    /// <summary>Two threads that come first at the same moment encode the same twice, and either is good.</summary>
    private SharedEvent Event => _event ??= SharedEvent.Encode("MSG", _one.Target, _one.WriteRest);

    public override void Write(ref FrameWriter writer, long sequence) => writer.Whole(Event, sequence);
}
