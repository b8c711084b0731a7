using Presence.Model.Subscriptions;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary>
/// <c>NOTIFY #n place id= [state= expires=] ver= val= t= [why=]</c>: the value of one property for one subscription. A
/// property that is gone has neither <c>val</c> nor a body, and <c>why=deleted</c>.
/// </summary>
/// <param name="key">What it is about, and whose.</param>
/// <param name="value">The value.</param>
/// <param name="expires">Seconds that the subscription lasts, where this value tells that it has become active.</param>
/// <param name="isNews">True for a change that is told when it happens.</param>
internal sealed class ValueEvent(ValueKey key, SharedValue value, long? expires, bool isNews) : OutboundEvent
{
    public override DateTimeOffset? ChangedAt => isNews ? value.Delta.At : null;

    /// <summary>The state of a subscription must arrive; plain values may overtake each other.</summary>
    public override object? SupersedeKey => expires is null ? key : null;

    public override int Octets => value.Octets;

    public override void Write(ref FrameWriter writer, long sequence) => Write(ref writer, sequence, key, value, expires);

    internal static void Write(ref FrameWriter writer, long sequence, ValueKey key, SharedValue value, long? expires)
    {
        writer.Event(value.Event, sequence);
        writer.Param("id", key.Id);
        if (expires is { } seconds)
        {
            writer.Param("state", SubscriptionWords.Word(SubscriptionState.Active));
            writer.Param("expires", seconds);
        }

        writer.End(value.Event);
    }
}
