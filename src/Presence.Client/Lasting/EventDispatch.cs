using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client.Lasting;

/// <summary>
/// Takes the events of a connection one after the other and gives each to those whom it concerns. State is confirmed at
/// once, since the newest is kept; all else when its readers are done with it.
/// </summary>
/// <param name="askAgain">Subscribes again, in the background.</param>
internal sealed class EventDispatch(EventHub hub, WatchBook book, Outbound outbound, Action<Watched> askAgain)
{
    /// <summary>Messages remembered; far more than may come unconfirmed.</summary>
    private const int Memory = 4096;

    private readonly RecentKeys<(Address From, Place Target, string Mid)> _messages = new(Memory);

    /// <param name="session">Counts the sessions of the client.</param>
    public void Take(Frame frame, AcknowledgementTrail trail, int session)
    {
        trail.Take(frame.Number);
        switch (EventReading.Read(frame))
        {
            case Notification change:
                Take(change, session);
                trail.Release(frame.Number);
                break;
            case Message message when !_messages.TryAdd((message.From, message.Target, message.Mid)):
            case Receipt receipt when !outbound.Take(receipt):
            case null:
                trail.Release(frame.Number);
                break;
            case { } happened:
                hub.Publish(happened, () => trail.Release(frame.Number));
                break;
        }
    }

    /// <summary>Another endpoint of the account may watch what this client does not.</summary>
    private void Take(Notification change, int session)
    {
        if (book.Find(change.SubscriptionId) is not { } watched)
            return;

        if (change.State == SubscriptionState.Terminated && watched.IsToBeAskedAgain(change.Why, session))
            askAgain(watched);
        else if (watched.Take(change))
            hub.Publish(change);
    }
}
