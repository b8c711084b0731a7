using System.Collections.Immutable;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Gateways;

/// <summary>
/// Takes what grains hand over for sessions. Only puts into outboxes: it never waits and never calls a grain. Used from any thread.
/// </summary>
internal sealed class GatewayInbox(Gateway gateway) : IGatewayInbox, INearInbox
{
    /// <summary>What grains of this process have put on the gateway's route.</summary>
    public NearRoute Batches { get; } = new();

    public Task<bool> Deliver(string session, ImmutableArray<SessionNotice> notices)
    {
        gateway.Counters.TookNotices(notices.Length);
        var found = gateway.Find(session);
        var now = gateway.Clock.Now;
        return Task.FromResult(found is not null && notices.All(notice => Take(found, notice, null, now)));
    }

    public Task<ImmutableArray<UntakenCopy>> DeliverShared(ImmutableArray<SharedCopy> copies) => Task.FromResult(Take(copies));

    public bool Take(string session, SessionNotice notice)
    {
        gateway.Counters.TookNotices(1);
        return gateway.Find(session) is { } found && Take(found, notice, null, gateway.Clock.Now);
    }

    public ImmutableArray<UntakenCopy> Take(ImmutableArray<SharedCopy> copies)
    {
        var untaken = ImmutableArray.CreateBuilder<UntakenCopy>();
        var now = gateway.Clock.Now;
        foreach (var copy in copies)
        {
            gateway.Counters.TookNotices(copy.Sessions.Length);
            var notice = new MessageNotice(copy.Message, IsRequest: false);
            var shared = new SharedMessageEvent(notice);
            foreach (var session in copy.Sessions)
            {
                if (gateway.Find(session) is not { } found || !Take(found, notice, shared, now))
                    untaken.Add(new UntakenCopy(new MessageKey(copy.Message.From, copy.Message.Id), session));
            }
        }

        return untaken.ToImmutable();
    }

    public bool Take(RouteBatch batch) => Batches.TryPut(batch);

    /// <summary>A message that the session has already is taken, and not put out again.</summary>
    private bool Take(Session session, SessionNotice notice, OutboundEvent? shared, DateTimeOffset now)
    {
        if (notice is ReceiptNotice { Receipt: var receipt } && !session.Ledger.TakeReceipt(receipt))
            return true;
        if (notice is not MessageNotice { Message: { IsComposing: false } message })
            return session.Outbox.TryPut(shared ?? EventOf(notice));
        var taking = session.Ledger.Take(message, now);
        if (taking is Taking.Settled)
            gateway.TellAgain(session);
        if (taking is not Taking.New || session.Outbox.TryPut(shared ?? EventOf(notice)))
            return true;
        session.Ledger.Return(message);
        return false;
    }

    public Task WantCopies(string session, bool areWanted)
    {
        if (gateway.Find(session) is { } found)
            found.OffersCopies = areWanted;
        return Task.CompletedTask;
    }

    public Task Close(string session, string reason)
    {
        gateway.Close(session, reason);
        return Task.CompletedTask;
    }

    public Task<HandOverAnswer> HandOver(string session, Address user, string key, long seen) =>
        Task.FromResult(gateway.HandOver(session, user, key, seen));

    private static OutboundEvent EventOf(SessionNotice notice) => notice switch
    {
        MessageNotice message => new MessageEvent(message),
        InviteNotice invite => new InviteEvent(invite),
        AnswerNotice answer => new AnswerEvent(answer),
        CancelNotice cancel => new CancelEvent(cancel),
        ReferNotice refer => new ReferEvent(refer),
        CopyNotice copy => new CopyEvent(copy),
        ReceiptNotice receipt => new ReceiptEvent(receipt.Receipt),
        WatcherNotice watcher => new WatcherEvent(watcher),
        QueryNotice query => new QueryEvent(query),
        MemberNotice member => new MemberEvent(member),
        _ => throw new NotSupportedException($"No event for {notice.GetType().Name}."),
    };
}
