using System.Globalization;
using Presence.Client.Connections;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client.Peers;

/// <summary>One subscription of the partner: what the owner's home tells this side under one id, he is told under his.</summary>
internal sealed record PeerWatch(PeerLink Link, string Id, PropertyPath Path, long Number)
{
    public const string Prefix = "peer-";

    public string HomeId { get; } = Prefix + Number.ToString(CultureInfo.InvariantCulture);

    public void Tell(Address owner, Notification change) => Link.Tell(Event(owner, change));

    /// <summary>The partner is to ask the home server, which tells him how he stands.</summary>
    public void End(Address owner) => Link.Tell((ref writer, number) =>
    {
        writer.Event("NOTIFY", number, new Place(owner, Path).ToString());
        writer.Param("id", Id);
        writer.Param("state", "terminated");
        writer.Param("why", "deactivated");
        writer.End();
    });

    private RequestBuilder Event(Address owner, Notification change) => (ref writer, number) =>
    {
        writer.Event("NOTIFY", number, new Place(owner, change.Target.Path).ToString());
        writer.Param("id", Id);
        if (change.State is { } state)
            writer.Param("state", Word(state));
        if (change.Version is { } version)
            writer.Param("ver", version);
        if (change.Value is { } value)
            writer.Param("val", value);
        if (change.Why is { } why)
            writer.Param("why", why);
        if (change.ContentType is { } type)
            writer.Param("type", type);
        if (change.Time is { } time)
            writer.Param("t", time);
        Finish(ref writer, change.Body);
    };

    private static void Finish(ref FrameWriter writer, ReadOnlyMemory<byte>? body)
    {
        if (body is { } octets)
            writer.End(octets.Span);
        else
            writer.End();
    }

    private static string Word(SubscriptionState state) => state switch
    {
        SubscriptionState.Active => "active",
        SubscriptionState.Pending => "pending",
        _ => "terminated",
    };
}
