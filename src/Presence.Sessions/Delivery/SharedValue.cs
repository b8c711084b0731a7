using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary>
/// A value of one property, for every subscription that it concerns: encoded when the first one writes it. As news it is
/// put into the outbox of every watcher, under his <see cref="ValueKey"/>: a change allocates nothing for each of them.
/// </summary>
internal sealed class SharedValue(Address node, PropertyDelta delta) : OutboundEvent
{
    private SharedEvent? _event;

    public PropertyDelta Delta { get; } = delta;

    /// <summary>Octets that it takes, about; known without encoding it.</summary>
    public override int Octets => 160 + (Delta.Now?.Value.Size ?? 0);

    public override DateTimeOffset? ChangedAt => Delta.At;

    /// <summary>Two threads that come first at the same moment encode the same twice, and either is good.</summary>
    public SharedEvent Event => _event ??= SharedEvent.Encode("NOTIFY", new Place(node, Delta.Path).ToString(), WriteRest);

    public override void Write(ref FrameWriter writer, long sequence) =>
        throw new InvalidOperationException("News is written for a subscription.");

    internal override OutboundEvent For(object? key) => new ValueEvent((ValueKey)key!, this, expires: null, isNews: true);

    internal override void WriteFor(object? key, ref FrameWriter writer, long sequence) =>
        ValueEvent.Write(ref writer, sequence, (ValueKey)key!, this, expires: null);

    private void WriteRest(ref FrameWriter writer)
    {
        var value = Delta.Now?.Value;
        writer.Param("ver", Delta.Version);
        if (value?.Text is { } text)
            writer.Param("val", text);
        if (value?.Type is { } type)
            writer.Param("type", type);
        if (value?.Language is { } language)
            writer.Param("lang", language);
        writer.Param("t", Delta.At);
        if (Delta.StaleSince is { } stale)
            writer.Param("stale", stale);
        if (value is null || Delta.Why is not null)
            writer.Param("why", Delta.Why ?? "deleted");
        if (value is { Text: null })
            writer.End(value.Body.Span);
        else
            writer.End();
    }
}
