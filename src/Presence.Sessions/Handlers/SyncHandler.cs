using System.Collections.Immutable;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;
using Presence.Sessions.Gateways;

namespace Presence.Sessions.Handlers;

/// <summary>
/// SYNC: the client tells which versions it holds, and is told what is newer and what has ended
/// (docs/protocol/sessions.md, "After 410").
/// </summary>
internal sealed class SyncHandler(WatchedNodes nodes, Gateway gateway) : IVerbHandler
{
    public string Verb => "SYNC";

    public Phase Needs => Phase.Bound;

    public IReadOnlyList<string> Fields => SyncCommand.Fields;

    public bool IsSafe => true;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (sync, refusal) = SyncCommand.Read(request);
        if (refusal is not null)
            return Reply.From(refusal);

        var held = sync.Known.Select(item => (Item: item, Watch: session.Watches.GetValueOrDefault(item.Id))).ToList();
        var read = await Task.WhenAll(
            held.Select(h => h.Watch?.Node).OfType<Address>().Distinct().Select(node => Read(session, node)));
        var entries = read.ToDictionary(node => node.Node, node => node.Entries);

        var news = held.Select(h => News(session, h.Item, h.Watch, entries)).ToList();
        return Reply.Ok.With("n", news.Sum(n => n.Count)).Then(() => news.ForEach(n => n.Tell()));
    }

    private async Task<(Address Node, ImmutableArray<AttachedSubscription> Entries)> Read(Session session, Address node) =>
        (node, await nodes.Attach(node, session.User, gateway.Route));

    /// <summary>How many events a line of the client is worth, and what puts them into the outbox.</summary>
    private static (int Count, Action Tell) News(
        Session session, SyncItem item, Watch? watch,
        Dictionary<Address, ImmutableArray<AttachedSubscription>> entries)
    {
        var entry = watch is null ? null : entries[watch.Node].FirstOrDefault(entry => entry.Speaks(watch.Id));
        if (watch is not null && entry is { Why: null } standing)
        {
            var newer = watch.NewerThan(item.Version, standing.Snapshot);
            return (newer.Length, () => watch.TellAgain(newer));
        }

        var place = watch is null ? item.At ?? Place.Own() : new Place(watch.Node, watch.Path);
        var ended = new StateEvent(place.ToString(), item.Id, SubscriptionWords.Terminated, entry?.Why ?? "noresource");
        return (1, () => session.Outbox.TryPut(ended));
    }
}
