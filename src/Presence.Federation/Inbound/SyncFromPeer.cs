using System.Collections.Immutable;
using System.Globalization;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Federation.Links;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;
using Presence.Protocol.Bodies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Federation.Inbound;

/// <summary>
/// SYNC: what the watching domain holds, decided afresh line by line as by SUB. It is told what is newer, once for all who
/// share a view, and whose state or view is another now.
/// </summary>
internal sealed class SyncFromPeer(IGrainFactory grains) : IPeerVerb
{
    private const int MaxLines = 1000;

    private const int MaxParallel = 32;

    public string Verb => "SYNC";

    public string[] Fields { get; } = ["from", "type"];

    public async ValueTask<Reply> Handle(PeerAsker asker, Frame frame)
    {
        if (frame.Body is not { } body)
            return Reply.From(Refusal.BadRequest);
        if (!LineBodyReader.TryReadAll(body.Span, MaxLines, out var lines, out var fault))
            return Reply.From(new Refusal(fault.Code, fault.Reason, fault.Param));
        var events = new List<OutboundEvent>();
        var told = new HashSet<(Address, string, PropertyPath)>();
        foreach (var chunk in lines.Chunk(MaxParallel))
        {
            var answers = await Task.WhenAll(chunk.Select(line => Subscribe(asker, line)));
            for (var n = 0; n < chunk.Length; n++)
            {
                if (answers[n] is { } answer)
                    events.AddRange(News(chunk[n], answer.Place, answer.Answer, told, asker.Form));
            }
        }

        return Reply.Ok.With("n", events.Count).Then(() => events.ForEach(news => asker.Session.Outbox.TryPut(news)));
    }

    private async Task<(Place Place, SubscribeAnswer Answer)?> Subscribe(PeerAsker asker, LineItem line)
    {
        if (!Place.TryParseCanonical(line.Parameters["at"], out var place, out _)
            || place.Address is not { IsDomain: false } node
            || !Address.TryParseCanonical(line.Parameters["from"], out var from, out _)
            || from.Domain != asker.Pair.Remote)
            return null;
        var pair = asker.Pair with { Local = node.Domain };
        if (!asker.Session.Serves(pair))
            return null;
        TimeSpan? life = int.TryParse(
            line.Parameters["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
        return (place, await grains.GetUser(node).Subscribe(
            new SubscribeRequest(from, line.First, place.Path, life, IsSessionBound: false, pair.Route)));
    }

    private static IEnumerable<OutboundEvent> News(
        LineItem line, Place place, SubscribeAnswer answer, HashSet<(Address, string, PropertyPath)> told, EventForm form)
    {
        var node = place.Address!.Value;
        if (answer.Refusal is { } refused)
        {
            yield return new PeerStateEvent(
                place, line.First, null, "terminated", refused.Code == 404 ? "noresource" : "rejected", null, null, form);
            yield break;
        }

        var wasActive = line.Parameters["state"] == "active";
        var isActive = answer.State == SubscriptionState.Active;
        if (answer.View is not { } view)
        {
            if (wasActive)
                yield return new PeerStateEvent(place, line.First, null, "pending", null, null, null, form);
            yield break;
        }

        var isSame = line.Parameters["view"] == view;
        var known = isSame && long.TryParse(line.Parameters["ver"], out var version) ? version : 0;
        ImmutableArray<PropertyDelta> newer =
            [.. answer.Snapshot.Where(property => property.Version > known).Select(PropertyDelta.Of)];
        if (!isSame || wasActive != isActive)
        {
            yield return new PeerStateEvent(
                place, line.First, view, wasActive ? null : "active", null, answer.Life, newer.FirstOrDefault(), form);
            newer = newer.Length > 0 ? newer.RemoveAt(0) : newer;
        }

        foreach (var delta in newer.Where(delta => told.Add((node, view, delta.Path))))
            yield return new PeerValueEvent(node, view, delta, form);
    }
}
