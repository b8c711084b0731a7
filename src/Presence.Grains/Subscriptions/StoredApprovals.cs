using Orleans.Storage;
using Presence.Grains.Domains;
using Presence.Grains.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Subscriptions;

/// <summary>
/// Activations that were not stored because they follow from the record of the node: whoever was approved is served, after
/// kill -9 too. Reads that record itself, for this grain may not ask the node's own one. Source: decision 0078.
/// </summary>
internal sealed class StoredApprovals(IGrainStorage storage, DomainPolicies policies, GrainId owner, Address node)
{
    /// <summary>
    /// True if what is stored of the node is all that a decision about this subscription depends on: no memberships, no passphrase.
    /// </summary>
    public static bool Decide(UserNode node, Subscription entry) =>
        !node.IsGroup && node.NamedGroups.Count == 0 && entry.Passphrase is null;

    /// <summary>The book as it was stored, with what has been approved since.</summary>
    public async Task<SubscriptionBook> ApplyTo(SubscriptionBook book, DateTimeOffset now)
    {
        var waiting = book.All.Where(entry => entry.State == SubscriptionState.Pending).ToList();
        if (waiting.Count == 0 || await Read(now) is not { } stored)
            return book;
        foreach (var entry in waiting.Where(entry => Decide(stored, entry)))
        {
            var verdict = stored.JudgeSubscription(Asker.Of(entry.Watcher), entry.Path).Verdict;
            if (SubscriptionReview.ChangeFor(entry, verdict) == SubscriptionChange.Activate)
                (book, _) = book.Apply(entry.Watcher, entry.Id, SubscriptionChange.Activate);
        }

        return book;
    }

    private async Task<UserNode?> Read(DateTimeOffset now)
    {
        var record = new GrainState<NodeRecord>(new NodeRecord());
        await storage.ReadStateAsync(NodeStore.StateName, owner, record);
        if (!record.RecordExists)
            return null;
        await policies.Know(node.Domain);
        var rules = policies.Of(node.Domain);
        var stored = new UserNode(node, () => rules.Policy, rules.DefaultsBy);
        stored.Load(record.State!, now);
        return stored;
    }
}
