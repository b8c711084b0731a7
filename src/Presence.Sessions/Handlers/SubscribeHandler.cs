using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Abroad;
using Presence.Sessions.Authentication;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;
using Presence.Sessions.Gateways;

namespace Presence.Sessions.Handlers;

/// <summary>
/// SUB: the watched node decides and remembers, then the watcher's own node remembers, then the client hears. Every
/// session of the user on this gateway is served.
/// </summary>
internal sealed class SubscribeHandler(
    Gateway gateway, WatchedNodes nodes, ForeignDomains foreign, PassphraseGate passphrases) : IVerbHandler
{
    public string Verb => "SUB";

    public Phase Needs => Phase.Bound;

    public IReadOnlyList<string> Fields => SubscribeCommand.Fields;

    /// <summary>By its id. The node is asked before anything is waited for, unless there is a passphrase to be proven.</summary>
    public string? Lane(Frame request) => SubscribeCommand.IsAboutPassphrase(request) ? null : request.Parameters["id"];

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (subscribe, refusal) = SubscribeCommand.Read(request, session.User);
        var node = subscribe.Place.Address ?? session.User;
        if (!node.IsDomain || foreign.Has(node))
            refusal ??= foreign.Refuse(node);
        if (refusal is not null)
            return Reply.From(refusal);
        var (proof, challenge) = await Prove(session, node, subscribe);
        if (challenge is not null)
            return challenge;

        var watches = Begin(session, node, subscribe);
        var answer = await gateway.Arrivals.Subscribe(node, new SubscribeRequest(
            session.User, subscribe.Id, subscribe.Place.Path, subscribe.Expires, subscribe.IsSessionBound,
            gateway.Route, proof));
        if (answer.Refusal is null && !subscribe.IsSessionBound)
            answer = await Remember(session, node, subscribe, answer);
        if (answer.Refusal is { } refused)
        {
            var refusing = await GiveUp(watches, refused, answer.Life);
            return proof is not null && refused.Code == Refusal.AuthRequired.Code
                ? await ChallengeFromAbroad(session, node, subscribe)
                : refusing;
        }

        var life = (long)answer.Life.TotalSeconds;
        var reply = answer.State == SubscriptionState.Active ? new Reply(200, "ok") : new Reply(202, "pending");
        return reply
            .With("id", subscribe.Id).With("state", SubscriptionWords.Word(answer.State)).With("expires", life)
            .Then(() => Open(watches, answer));
    }

    private static void Open(ImmutableArray<Watch> watches, SubscribeAnswer answer)
    {
        foreach (var watch in watches)
            watch.Open(answer.State, answer.Snapshot, tellsSnapshot: true, answer.IsSilent, answer.View);
    }

    /// <summary>A proof for whoever is at home there is judged there; so is who may have the challenge.</summary>
    private async ValueTask<(PassphraseProof? Proof, Reply? Challenge)> Prove(
        Session session, Address node, SubscribeCommand subscribe)
    {
        if (node.IsDomain && !foreign.Has(node))
            return (null, null);
        if (!foreign.Has(node))
        {
            var attempt = new PassphraseAttempt(session.User, session.Transport.Remote, Verb, subscribe.Place);
            return await passphrases.Prove(attempt, node, subscribe, session.Now);
        }

        if (subscribe.Proof is { } given)
        {
            return (new PassphraseProof(
                session.User.ToString(), Verb, subscribe.Place.ToString(), given.Nonce, given.Octets), null);
        }

        return (null, subscribe.WantsChallenge ? await ChallengeFromAbroad(session, node, subscribe) : null);
    }

    private Task<Reply> ChallengeFromAbroad(Session session, Address node, SubscribeCommand subscribe) =>
        foreign.Ask(session.User, node.Domain, new PeerRequest(
            Verb, subscribe.Place.ToString(),
            [new("from", session.User.ToString()), new("id", subscribe.Id), new("pass", "yes")],
            null,
            foreign.Clock.Now + ForeignDomains.Life));

    private ImmutableArray<Watch> Begin(Session session, Address node, SubscribeCommand subscribe)
    {
        ImmutableArray<Watch> watches = subscribe.IsSessionBound
            ? [WatchOf(session)]
            : [WatchOf(session), .. gateway.SessionsOf(session.User).Where(IsServedToo).Select(WatchOf)];
        foreach (var watch in watches)
            gateway.Serve(watch);
        return watches;

        bool IsServedToo(Session other) => other != session && other.IsToldOf(subscribe.Id);

        Watch WatchOf(Session served) => new(
            served, node, subscribe.Id, subscribe.Place.Path, subscribe.IsSessionBound, subscribe.MinSeconds);
    }

    private async Task<SubscribeAnswer> Remember(
        Session session, Address node, SubscribeCommand subscribe, SubscribeAnswer answer)
    {
        var watched = new WatchedNode(subscribe.Id, node, subscribe.Place.Path, session.Now + answer.Life,
            subscribe.MinSeconds);
        if (await gateway.Arrivals.Remember(session.User, watched) is not { } tooMany)
            return answer;
        await nodes.Unsubscribe(node, session.User, subscribe.Id);
        return SubscribeAnswer.Refused(tooMany);
    }

    private async Task<Reply> GiveUp(ImmutableArray<Watch> watches, Refusal refusal, TimeSpan least)
    {
        foreach (var watch in watches)
            await gateway.Drop(watch);
        var reply = Reply.From(refusal);
        return least > TimeSpan.Zero
            ? reply.With(refusal.Code == Refusal.SlowDown.Code ? "retry" : "min", (long)least.TotalSeconds)
            : reply;
    }
}

/// <summary>UNSUB by the watcher's own id.</summary>
internal sealed class UnsubscribeHandler(IGrainFactory grains, Gateway gateway, WatchedNodes nodes) : IVerbHandler
{
    public string Verb => "UNSUB";

    public Phase Needs => Phase.Bound;

    public IReadOnlyList<string> Fields => [];

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (unsubscribe, refusal) = UnsubscribeCommand.Read(request);
        if (refusal is not null)
            return Reply.From(refusal);

        var served = session.Watches.GetValueOrDefault(unsubscribe.Id);
        var watched = await grains.GetUser(session.User).ForgetWatching(unsubscribe.Id);
        if ((watched?.Node ?? served?.Node) is not { } node)
            return Reply.From(Refusal.NoSuchTransaction);
        await nodes.Unsubscribe(node, session.User, unsubscribe.Id);
        foreach (var watch in gateway.Watches.Of(node, session.User, unsubscribe.Id).ToList())
            await gateway.Drop(watch);
        return Reply.Ok;
    }
}
