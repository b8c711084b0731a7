using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Gateways;

/// <summary>Takes what grains hand over for sessions. Only puts into outboxes: it never waits and never calls a grain.</summary>
internal sealed class GatewayInbox(Gateway gateway) : IGatewayInbox
{
    public Task<bool> Deliver(string session, ImmutableArray<SessionNotice> notices)
    {
        var outbox = gateway.Find(session)?.Outbox;
        return Task.FromResult(outbox is not null && notices.All(notice => outbox.TryPut(EventOf(notice))));
    }

    public Task Close(string session, string reason)
    {
        gateway.Find(session)?.End(reason);
        return Task.CompletedTask;
    }

    private static OutboundEvent EventOf(SessionNotice notice) => notice switch
    {
        MessageNotice message => new MessageEvent(message),
        ReceiptNotice receipt => new ReceiptEvent(receipt.Receipt),
        WatcherNotice watcher => new WatcherEvent(watcher),
        QueryNotice query => new QueryEvent(query),
        MemberNotice member => new MemberEvent(member),
        _ => throw new NotSupportedException($"No event for {notice.GetType().Name}."),
    };
}
