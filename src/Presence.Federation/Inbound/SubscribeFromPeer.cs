using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Federation.Links;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Authentication;
using Presence.Sessions.Connections;

namespace Presence.Federation.Inbound;

/// <summary>
/// SUB of somebody of another domain. The answer names the view that he sees; its values follow, unless his home knows
/// them already (<c>view=</c>, <c>ver=</c>).
/// </summary>
internal sealed class SubscribeFromPeer(
    IGrainFactory grains, PassphraseGate passphrases, PrincipalQuotas quotas, PresenceClock clock) : IPeerVerb
{
    public string Verb => "SUB";

    public string[] Fields { get; } = [.. SubscribeCommand.Fields, "from", "view", "ver"];

    public async ValueTask<Reply> Handle(PeerAsker asker, Frame frame)
    {
        var (subscribe, refusal) = SubscribeCommand.Read(frame, asker.From);
        if (refusal is not null)
            return Reply.From(refusal);
        var node = subscribe.Place.Address!.Value;
        var attempt = new PassphraseAttempt(asker.From, asker.Pair.Remote.ToString(), Verb, subscribe.Place);
        var (proof, challenge) = await passphrases.Prove(attempt, node, subscribe, clock.Now);
        if (challenge is not null)
            return challenge;
        var tooMany = quotas.RefuseToWait(asker.From, subscribe.Place, subscribe.Id);
        var answer = await grains.GetUser(node).Subscribe(new SubscribeRequest(
            asker.From, subscribe.Id, subscribe.Place.Path, subscribe.Expires, IsSessionBound: false, asker.Pair.Route,
            proof, MayWait: tooMany is null));
        if (answer.Refusal == Refusal.SlowDown && tooMany is not null)
            return tooMany;
        if (answer.Refusal is { } refused)
        {
            return answer.Life > TimeSpan.Zero
                ? Reply.From(refused).With("min", (long)answer.Life.TotalSeconds)
                : Reply.From(refused);
        }

        quotas.Note(asker.From, subscribe.Place, subscribe.Id, waits: answer.State != SubscriptionState.Active);
        var reply = answer.State == SubscriptionState.Active ? new Reply(200, "ok") : new Reply(202, "pending");
        return reply
            .With("id", subscribe.Id)
            .With("state", answer.State == SubscriptionState.Active ? "active" : "pending")
            .With("view", answer.View)
            .With("expires", (long)answer.Life.TotalSeconds)
            .Then(() => TellNews(asker, node, answer, frame));
    }

    private static void TellNews(PeerAsker asker, Address node, SubscribeAnswer answer, Frame frame)
    {
        if (answer.View is not { } view)
            return;
        var isKnown = frame.Parameters["view"] == view;
        var known = isKnown && long.TryParse(frame.Parameters["ver"], out var version) ? version : 0;

        // In the order in which his home shows what it has: so it does not matter what comes first, they or the answer.
        foreach (var property in answer.Snapshot.Where(property => property.Version > known).OrderBy(property => property.Path))
            asker.Session.Outbox.TryPut(new PeerValueEvent(node, view, PropertyDelta.Of(property), asker.Form));
    }
}
