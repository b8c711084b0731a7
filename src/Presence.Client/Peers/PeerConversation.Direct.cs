using Presence.Client.Connections;
using Presence.Protocol.Framing;

namespace Presence.Client.Peers;

/// <content>A direct connection from its beginning to its end.</content>
public sealed partial class PeerConversation
{
    /// <summary>Ends the direct connection, if there is one: the home servers go on for both sides.</summary>
    public async Task GoHome()
    {
        if (Volatile.Read(ref _link) is { } link)
            await link.DisposeAsync();
    }

    private async Task Follow(PeerLink link)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        _events.TryPut(new PeerChange(true, "Messages go directly from here on."), () => { });
        var reviewing = Review(link, ending.Token);
        var turning = Turn(link, ending.Token);
        await foreach (var frame in link.Events.ReadAllAsync(CancellationToken.None))
            await Take(link, frame);

        await ending.CancelAsync();
        await turning;
        await reviewing;
        var why = await link.Ended;
        await link.DisposeAsync();
        await FallBack(link, why);
    }

    /// <summary>Turns the subscriptions to the new connection.</summary>
    private async Task Turn(PeerLink link, CancellationToken cancellation)
    {
        try
        {
            await _watches.GoDirect(link, cancellation);
        }
        catch (Exception exception) when (exception is PipConnectionException or TimeoutException
            or OperationCanceledException)
        {
            // Either connection is over: falling back sees to it.
        }
    }

    /// <summary>Sees to it that the connection stands no longer than the owner's lists allow.</summary>
    private async Task Review(PeerLink link, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(_options.RulesLife, _options.Time);
        try
        {
            while (await _door.Review(cancellation))
                await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The connection has ended, or this conversation does.
        }
        catch (Exception exception) when (exception is PipConnectionException or PipRefusedException
            or TimeoutException)
        {
            // Without the owner's rules nothing may be served.
        }
        finally
        {
            await link.DisposeAsync();
        }
    }

    private async Task Take(PeerLink link, Frame frame)
    {
        switch (EventReading.Read(frame))
        {
            case Notification { State: SubscriptionState.Terminated } ended when _watches.Holds(ended):
                await TryAtHome(() => _watches.GoHome(ended.Target.Path, _stopping.Token));
                break;
            case Notification change when _watches.Holds(change) && _watches.IsNews(change):
                await TryAtHome(() => _events.HandOver(change, _stopping.Token));
                break;
            case Receipt receipt when _sender.Settle(receipt.Mid):
                await TryAtHome(() => _events.HandOver(
                    receipt with { From = new Model.Addresses.Place(Partner) }, _stopping.Token));
                break;
            case Message message when !await TryReceive(link, message):
                // Not acknowledged: who sent it sends it home.
                await link.DisposeAsync();
                return;
            default:
                break;
        }

        link.Acknowledge(frame.Number);
    }

    private async Task<bool> TryReceive(PeerLink link, Message message)
    {
        var isTaken = false;
        await TryAtHome(async () => isTaken = await _door.Receive(link, message, _stopping.Token));
        return isTaken;
    }

    private async Task FallBack(PeerLink link, PipConnectionException why)
    {
        Interlocked.CompareExchange(ref _link, null, link);
        await TryAtHome(() => _door.Close(link));
        await TryAtHome(() => _sender.Recover(_stopping.Token));
        await TryAtHome(() => _watches.GoHome(_stopping.Token));
        _events.TryPut(new PeerChange(false, $"The direct connection is over: {why.Message}"), () => { });
    }

    // What the session's end breaks off is told by Events.
    private static async Task TryAtHome(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (exception is PipConnectionException or PipRefusedException
            or TimeoutException or OperationCanceledException)
        {
            return;
        }
    }
}
