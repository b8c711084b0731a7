using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Presence.Contracts.Routes;
using Presence.Contracts.Subscriptions;
using Presence.Contracts.Users;
using Presence.Grains.Subscriptions;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Users;

/// <summary>How a user grain deals with those who watch it.</summary>
internal sealed class WatcherDesk(
    UserNode node, EndpointTable endpoints, OwnWatchers subscriptions, PassphraseRing passphrases,
    SubscriptionLimits limits)
{
    /// <summary>Each request is decided for itself; what was allowed is put as one, and the owner hears of it as one.</summary>
    /// <param name="requests">All by the same route.</param>
    /// <param name="identify">What is known of a watcher for the decision.</param>
    /// <param name="now">The time.</param>
    public async Task<ImmutableArray<SubscribeAnswer>> Subscribe(
        ImmutableArray<SubscribeRequest> requests, Func<Address, ValueTask<Asker>> identify, DateTimeOffset now)
    {
        var answers = new SubscribeAnswer[requests.Length];
        List<(int At, Subscription Asked, Asker Watcher)> allowed = [];
        for (var at = 0; at < requests.Length; at++)
        {
            var request = requests[at];
            var passphrase = await PassphraseOf(request);
            var watcher = passphrases.Open(await identify(request.Watcher), passphrase);
            (answers[at], var asked) = Decide(request, watcher, passphrase, now);
            if (asked is not null)
                allowed.Add((at, asked, watcher));
        }

        if (allowed.Count > 0)
        {
            var put = await subscriptions.Put([.. allowed.Select(one => one.Asked)], requests[0].Route);
            await endpoints.DeliverToAll([.. put.Where(IsNews).Select(one => NoticeOf(one.Entry, now))]);
            foreach (var ((at, _, watcher), stands) in allowed.Zip(put))
                answers[at] = answers[at] with { Snapshot = SnapshotFor(stands.Entry, watcher), View = stands.View };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(answers);

        bool IsNews(PutAnswer put) => put.IsNews && !put.Entry.Watcher.Equals(node.Self);
    }

    private static WatcherNotice NoticeOf(Subscription entry, DateTimeOffset now) =>
        new WatcherNotice(entry.Watcher, entry.Path, entry.State, now);

    /// <summary>What the watcher is told, but for values, and the subscription that is to be put; none if he is refused.</summary>
    private (SubscribeAnswer Answer, Subscription? Asked) Decide(
        SubscribeRequest request, Asker watcher, string? passphrase, DateTimeOffset now)
    {
        var grant = SubscriptionGrant.Decide(
            limits, request.Expires, isAbsent: !node.Exists && node.TellsAbsence(watcher),
            node.JudgeSubscription(watcher, request.Path).Verdict, request.MayWait);
        if (grant.Refusal is { } refusal)
            return (SubscribeAnswer.Refused(refusal, grant.Life), null);
        var asked = node.Exists
            ? new Subscription(
                request.Watcher, request.Id, request.Path, grant.State, now, now + grant.Life, request.IsSessionBound, grant.SeenAs,
                passphrase)
            : null;
        var isSilent = asked is { State: SubscriptionState.Blocked };
        return (new SubscribeAnswer(null, grant.SeenAs, grant.Life, [], isSilent), asked);
    }

    /// <summary>What the watcher may see of his subscription now; nothing while it waits.</summary>
    public ImmutableArray<Property> SnapshotFor(Subscription entry, Asker watcher) =>
        entry.SeenAs == SubscriptionState.Pending
            ? []
            : node.Snapshot(passphrases.Open(watcher, entry.Passphrase), entry.Path);

    /// <summary>
    /// The owner has decided anew about somebody: every subscription gets the state that the decision of today gives it.
    /// </summary>
    /// <param name="identify">What is known of a watcher for the decision.</param>
    /// <param name="now">The time.</param>
    /// <param name="about">The only one whom the decision, which is stored, was about; null if it may concern anybody.</param>
    public async Task Review(Func<Address, ValueTask<Asker>> identify, DateTimeOffset now, Address? about = null)
    {
        var rulings = ImmutableArray.CreateBuilder<SubscriptionRuling>();
        foreach (var entry in await subscriptions.List(about))
        {
            if (entry.State == SubscriptionState.Waiting)
                continue;
            var watcher = passphrases.Open(await identify(entry.Watcher), entry.Passphrase);
            var judgement = node.JudgeSubscription(watcher, entry.Path);
            var change = SubscriptionReview.ChangeFor(entry, judgement.Verdict);
            if (change != SubscriptionChange.None)
                rulings.Add(new SubscriptionRuling(
                    entry.Watcher, entry.Id, change, ValuesFor(change, entry, watcher, judgement, now),
                    IsOnRecord: about is not null && change == SubscriptionChange.Activate && StoredApprovals.Decide(node, entry)));
        }

        if (rulings.Count > 0)
            await subscriptions.Rule(rulings.ToImmutable());
    }

    /// <summary>Those who see this moment of the past see a change there.</summary>
    public async Task TellUnseen(
        long moment, ImmutableArray<PropertyDelta> deltas, Func<Address, ValueTask<Asker>> identify)
    {
        var rulings = ImmutableArray.CreateBuilder<SubscriptionRuling>();
        foreach (var entry in (await subscriptions.List()).Where(entry => entry.State == SubscriptionState.Blocked))
        {
            var watcher = passphrases.Open(await identify(entry.Watcher), entry.Passphrase);
            if (node.JudgeSubscription(watcher, entry.Path) is { IsFake: true } judgement && judgement.Since == moment)
                rulings.Add(new SubscriptionRuling(
                    entry.Watcher, entry.Id, SubscriptionChange.Silence,
                    [.. deltas.Where(delta => Subscription.Covers(entry.Path, delta.Path))]));
        }

        if (rulings.Count > 0)
            await subscriptions.Rule(rulings.ToImmutable());
    }

    /// <summary>Requests that wait for the owner's decision, for a session that has just begun.</summary>
    public async Task<ImmutableArray<WatcherNotice>> WaitingRequests()
    {
        var waiting = await subscriptions.Undecided();
        return [.. waiting.OrderBy(s => s.Since).Select(s => new WatcherNotice(s.Watcher, s.Path, s.State, s.Since))];
    }

    /// <summary>What is proven now, or was when the subscription that this refreshes began.</summary>
    private async Task<string?> PassphraseOf(SubscribeRequest request) =>
        request.Proof is { } proof ? passphrases.Proven(proof)
        : passphrases.IsEmpty ? null
        : (await subscriptions.Find(request.Watcher, request.Id))?.Passphrase;

    private ImmutableArray<PropertyDelta> ValuesFor(
        SubscriptionChange change, Subscription entry, Asker watcher, Judgement judgement, DateTimeOffset now) =>
        change switch
        {
            SubscriptionChange.Activate => [.. node.Snapshot(watcher, entry.Path).Select(PropertyDelta.Of)],
            SubscriptionChange.Silence when node.Past.Moments.GetValueOrDefault(judgement.Since) is { } moment =>
                [.. moment.Deltas(now).Where(delta => Subscription.Covers(entry.Path, delta.Path))],
            _ => [],
        };
}
