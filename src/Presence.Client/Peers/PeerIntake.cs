using Presence.Model.Addresses;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;

namespace Presence.Client.Peers;

/// <summary>Takes the partner's direct messages, each once, and confirms them when the application has them.</summary>
internal sealed class PeerIntake(Address partner, SeenMessages seen, PeerEvents events)
{
    private const string Delivered = "delivered";

    private readonly SeenMessages _direct = new();

    public Address Partner => partner;

    /// <summary>True if the message came over a direct connection, so that home knows nothing of it.</summary>
    public bool IsDirect(string mid) => _direct.Contains(mid);

    public static Message Read(Frame request, SendCommand send, Address from, DateTimeOffset now) => new(
        request.Number, now, from, Place.Own(PropertyPath.Root), send.Id, send.Type,
        [.. request.Parameters["want"]?.Split(',') ?? []], send.Body)
    {
        Subject = send.Subject,
        Class = send.Class,
    };

    /// <returns>False if it cannot be taken now.</returns>
    public bool Take(PeerLink link, Message message, bool givesDelivered)
    {
        if (!seen.Add(message.Mid))
            return true;

        var confirms = givesDelivered && message.Wants.Contains(Delivered);
        var shown = givesDelivered ? message : message with { Wants = [] };
        if (events.TryPut(shown, () => Confirm(link, message.Mid, confirms)))
            return _direct.Add(message.Mid);

        seen.Remove(message.Mid);
        return false;
    }

    private static void Confirm(PeerLink link, string mid, bool isWanted)
    {
        if (isWanted)
            link.Tell(PeerReceipts.Of(mid, Delivered));
    }
}
