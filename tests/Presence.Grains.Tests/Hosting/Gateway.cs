using System.Collections.Immutable;
using Orleans.Streams;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Tests.Hosting;

/// <summary>Stands for a gateway: takes notices and batches of its route, and remembers them.</summary>
internal sealed class Gateway : IGatewayInbox, IAsyncDisposable
{
    private StreamSubscriptionHandle<RouteBatch>? _subscription;

    private Gateway(PresenceSilo silo, string route)
    {
        Route = route;
        Inbox = silo.Client.CreateObjectReference<IGatewayInbox>(this);
    }

    public string Route { get; }

    public IGatewayInbox Inbox { get; }

    public Recorder<RouteBatch> Batches { get; } = new();

    public Recorder<(string Session, SessionNotice Notice)> Notices { get; } = new();

    /// <summary>Messages that came once for many sessions.</summary>
    public Recorder<SharedCopy> Shared { get; } = new();

    public Recorder<(string Session, string Reason)> Closed { get; } = new();

    /// <summary>Whether copies are wanted of what a session sends, as told.</summary>
    public Recorder<(string Session, bool AreWanted)> CopyWishes { get; } = new();

    /// <summary>Runs before a notice is taken; its answer is the gateway's.</summary>
    public Func<SessionNotice, Task<bool>> Taking { get; set; } = _ => Task.FromResult(true);

    /// <summary>Changes told on the route, in order.</summary>
    public IEnumerable<PropertyDelta> Changes => Batches.All.SelectMany(batch => batch.Changes);

    public IEnumerable<SubscriptionNotice> SubscriptionNotices => Batches.All.SelectMany(batch => batch.Notices);

    public static async Task<Gateway> Open(PresenceSilo silo, string route)
    {
        var gateway = new Gateway(silo, route);
        var stream = silo.Client.GetStreamProvider(RouteStreams.Provider)
            .GetStream<RouteBatch>(RouteStreams.Of(route));
        gateway._subscription = await stream.SubscribeAsync((batch, _) =>
        {
            gateway.Batches.Add(batch);
            return Task.CompletedTask;
        });
        return gateway;
    }

    public Task WantCopies(string session, bool areWanted)
    {
        CopyWishes.Add((session, areWanted));
        return Task.CompletedTask;
    }

    public async Task<bool> Deliver(string session, ImmutableArray<SessionNotice> notices)
    {
        foreach (var notice in notices)
        {
            // Recorded first, so that a test can see that a notice is under way while it is held.
            Notices.Add((session, notice));
            if (!await Taking(notice))
                return false;
        }

        return true;
    }

    public async Task<ImmutableArray<UntakenCopy>> DeliverShared(ImmutableArray<SharedCopy> copies)
    {
        var untaken = ImmutableArray.CreateBuilder<UntakenCopy>();
        foreach (var copy in copies)
        {
            Shared.Add(copy);
            foreach (var session in copy.Sessions)
            {
                var notice = new MessageNotice(copy.Message, IsRequest: false);
                Notices.Add((session, notice));
                if (!await Taking(notice))
                    untaken.Add(new UntakenCopy(new MessageKey(copy.Message.From, copy.Message.Id), session));
            }
        }

        return untaken.ToImmutable();
    }

    public Task Close(string session, string reason)
    {
        Closed.Add((session, reason));
        return Task.CompletedTask;
    }

    public Task<HandOverAnswer> HandOver(string session, Address user, string key, long seen) =>
        Task.FromResult(Giving(session));

    /// <summary>What it answers when a session is to be handed over; it knows none at first.</summary>
    public Func<string, HandOverAnswer> Giving { get; set; } =
        _ => HandOverAnswer.Refused(new Refusal(410, "session-gone"), isOver: true);

    public async Task<PropertyDelta> Change(Address node, PropertyPath path, string? text)
    {
        bool Tells(PropertyDelta delta) => delta.Path == path && delta.Now?.Value.Text == text;
        var batch = await Batches.First(b => b.Node == node && b.Changes.Any(Tells));
        return batch.Changes.First(Tells);
    }

    public async Task<SubscriptionNotice> Told(Address watcher, SubscriptionEvent what)
    {
        bool Tells(SubscriptionNotice notice) => notice.Watcher == watcher && notice.Event == what;
        var batch = await Batches.First(b => b.Notices.Any(Tells));
        return batch.Notices.First(Tells);
    }

    public IEnumerable<T> NoticesTo<T>(string session)
        where T : SessionNotice =>
        Notices.All.Where(n => n.Session == session).Select(n => n.Notice).OfType<T>();

    public async ValueTask DisposeAsync()
    {
        if (_subscription is not null)
            await _subscription.UnsubscribeAsync();
    }
}
