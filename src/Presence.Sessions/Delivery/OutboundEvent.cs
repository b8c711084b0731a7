using Presence.Contracts.Nearby;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary>
/// Something for the client that is numbered when it is first written. Subtypes write themselves; <see cref="Octets"/>
/// is about what they cost while they wait.
/// </summary>
public abstract class OutboundEvent
{
    /// <summary>Of events with an equal key only the newest waits; null for events that must all arrive.</summary>
    public virtual object? SupersedeKey => null;

    /// <summary>True for what is of use at this moment or never: it is not repeated on another connection.</summary>
    public virtual bool IsFleeting => false;

    /// <summary>The message that the client takes responsibility for by acknowledging; null if none.</summary>
    public virtual MarkedKey? Message => null;

    /// <summary>When the change was made that this tells while it is news; null for all that is not measured.</summary>
    public virtual DateTimeOffset? ChangedAt => null;

    /// <summary>Estimated size on the wire in octets.</summary>
    public abstract int Octets { get; }

    public abstract void Write(ref FrameWriter writer, long sequence);

    /// <summary>This event as it is for one of its receivers; itself, unless it is news that many share.</summary>
    /// <param name="key">What it was put under.</param>
    internal virtual OutboundEvent For(object? key) => this;

    /// <summary>Writes what <see cref="For"/> would give.</summary>
    internal virtual void WriteFor(object? key, ref FrameWriter writer, long sequence) => Write(ref writer, sequence);
}
