using System.Collections.Immutable;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;

namespace Presence.Client.Peers;

/// <summary>
/// Serves the partner's requests about the owner's node: as a server would where the owner's rules allow it outright, and
/// by "ask the home server" in all other cases, so that it tells nothing that the home server would not.
/// </summary>
internal sealed class PeerDoor(PresenceSession home, OwnerRulesSource rules, PeerIntake intake, TimeProvider time)
{
    /// <summary>Subscriptions that a partner may have on one connection.</summary>
    private const int MaxWatches = 64;

    private readonly Lock _lock = new();
    private ImmutableArray<PeerWatch> _watches = [];
    private long _lastWatch;

    public async ValueTask<PeerReply> Serve(PeerLink link, Frame request)
    {
        try
        {
            return request.Verb switch
            {
                "SEND" => await Send(link, request),
                "GET" => await Get(request),
                "SUB" => await Subscribe(link, request),
                "UNSUB" => await Unsubscribe(link, request),
                _ => PeerReply.NotImplemented,
            };
        }
        catch (Exception exception) when (exception is PipRefusedException or TimeoutException)
        {
            return PeerReply.AskHome;
        }
    }

    /// <summary>Takes a message that came as an event; false if it may not come directly, or not now.</summary>
    public async Task<bool> Receive(PeerLink link, Message message, CancellationToken cancellation) =>
        message.From.Equals(intake.Partner) && message.Target.IsOwn
        && await rules.For(StandardPaths.Inbox, cancellation) is { TakesMessages: true } known
        && intake.Take(link, message, known.GivesDelivered);

    /// <summary>Passes on a value that the home server told; false if no partner watches it.</summary>
    public bool Relay(Notification change)
    {
        PeerWatch? watch;
        lock (_lock)
            watch = _watches.FirstOrDefault(known => known.HomeId == change.SubscriptionId);

        if (watch is null)
            return change.SubscriptionId?.StartsWith(PeerWatch.Prefix, StringComparison.Ordinal) == true;

        watch.Tell(home.Account, change);
        return true;
    }

    /// <summary>Rules anew about what the partner watches, and whether the connection may stand.</summary>
    public async Task<bool> Review(CancellationToken cancellation)
    {
        PeerWatch[] watches;
        lock (_lock)
            watches = [.. _watches];

        foreach (var watch in watches)
        {
            if (await rules.For(watch.Path, cancellation) is { } known && MayWatch(known, watch.Path))
                continue;

            watch.End(home.Account);
            await Remove(watch);
        }

        return await rules.For(PropertyPath.Root, cancellation) is { PermitsConnection: true };
    }

    /// <summary>Forgets what was watched over a connection that has ended.</summary>
    public async Task Close(PeerLink link)
    {
        PeerWatch[] watches;
        lock (_lock)
            watches = [.. _watches.Where(watch => watch.Link == link)];

        foreach (var watch in watches)
            await Remove(watch);
    }

    private async Task<PeerReply> Send(PeerLink link, Frame request)
    {
        var (send, refusal) = SendCommand.Read(request, intake.Partner);
        if (refusal is not null || request.Parameters.FirstCriticalNotIn(SendCommand.Fields) is not null)
            return PeerReply.BadRequest;
        if (send.To is not [var to] || !to.Equals(home.Account)
            || await rules.For(StandardPaths.Inbox, default) is not { TakesMessages: true } known)
            return PeerReply.AskHome;
        var message = PeerIntake.Read(request, send, intake.Partner, time.GetUtcNow());
        return intake.Take(link, message, known.GivesDelivered) ? PeerReply.Accepted : PeerReply.AskHome;
    }

    private async Task<PeerReply> Get(Frame request)
    {
        var (get, refusal) = GetCommand.Read(request, intake.Partner);
        if (refusal is not null)
            return PeerReply.BadRequest;
        if (!IsOwn(get.Place) || request.Parameters.Count > 0
            || await rules.For(get.Place.Path, default) is not { } known || !known.Allows(Rights.Read, get.Place.Path))
            return PeerReply.AskHome;
        var answer = await home.Ask("GET", Place.Own(get.Place.Path).ToString());
        return answer.Code == 200 && answer.Parameters["type"] != "text/pip-props"
            ? new PeerReply(200, "ok")
            {
                Parameters = [.. answer.Parameters.Select(parameter => (parameter.Name, (string?)parameter.Value))],
                Body = answer.Body,
            }
            : PeerReply.AskHome;
    }

    private async Task<PeerReply> Subscribe(PeerLink link, Frame request)
    {
        var (subscribe, refusal) = SubscribeCommand.Read(request, intake.Partner);
        if (refusal is not null)
            return PeerReply.BadRequest;
        var path = subscribe.Place.Path;
        if (!IsOwn(subscribe.Place) || await rules.For(path, default) is not { } known || !MayWatch(known, path))
            return PeerReply.AskHome;

        var watch = new PeerWatch(link, subscribe.Id, path, Interlocked.Increment(ref _lastWatch));
        if (!TryAdd(watch))
            return new PeerReply(431, "too-many");
        try
        {
            (await home.Ask("SUB", Place.Own(path).ToString(), [("id", watch.HomeId), ("scope", "session")])).Require();
        }
        catch (Exception exception) when (exception is PipRefusedException or TimeoutException)
        {
            Forget(watch);
            throw;
        }

        return new PeerReply(200, "ok") { Parameters = [("id", subscribe.Id), ("state", "active")] };
    }

    private async Task<PeerReply> Unsubscribe(PeerLink link, Frame request)
    {
        PeerWatch? watch;
        lock (_lock)
            watch = _watches.FirstOrDefault(known => known.Link == link && known.Id == request.Target);

        if (watch is null)
            return new PeerReply(481, "no-such-transaction");
        await Remove(watch);
        return new PeerReply(200, "ok");
    }

    // The first value of a subscription is a reading.
    private static bool MayWatch(OwnerRules known, PropertyPath path) =>
        known.Allows(Rights.Subscribe, path) && known.Allows(Rights.Read, path);

    private bool IsOwn(Place place) => !place.Path.IsRoot && place.Address is { } node && node.Equals(home.Account);

    private bool TryAdd(PeerWatch watch)
    {
        lock (_lock)
        {
            var others = _watches.RemoveAll(known => known.Link == watch.Link && known.Id == watch.Id);
            if (others.Length >= MaxWatches)
                return false;

            _watches = others.Add(watch);
            return true;
        }
    }

    private async Task Remove(PeerWatch watch)
    {
        Forget(watch);
        await home.Ask("UNSUB", watch.HomeId);
    }

    private void Forget(PeerWatch watch)
    {
        lock (_lock)
            _watches = _watches.Remove(watch);
    }
}
