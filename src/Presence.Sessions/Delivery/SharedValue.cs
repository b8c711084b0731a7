using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary>A value of one property, for every subscription that it concerns: encoded when the first one writes it.</summary>
internal sealed class SharedValue(Address node, PropertyDelta delta)
{
    private SharedEvent? _event;

    public PropertyDelta Delta { get; } = delta;

    /// <summary>Octets that it takes, about; known without encoding it.</summary>
    public int Octets => 160 + (Delta.Now?.Value.Size ?? 0);

    /// <summary>Two threads that come first at the same moment encode the same twice, and either is good.</summary>
    public SharedEvent Event => _event ??= SharedEvent.Encode("NOTIFY", new Place(node, Delta.Path).ToString(), WriteRest);

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
