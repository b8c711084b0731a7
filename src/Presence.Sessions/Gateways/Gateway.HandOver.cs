using System.Buffers;
using System.Collections.Immutable;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Gateways;

/// <content>Sessions that move to another gateway, and those that come from one.</content>
internal sealed partial class Gateway
{
    /// <summary>
    /// Why the session may not be resumed, or null. Whoever has the wrong name learns nothing; three wrong keys, and a
    /// number that was never sent, end the session.
    /// </summary>
    public Refusal? CheckResume(Session session, Address user, string key, long seen)
    {
        if (session.IsOver || session.Key is not { } secret || !session.User.Equals(user))
            return SessionReplies.Gone;
        var verdict = secret.Check(key);
        if (verdict == KeyVerdict.Right && seen <= session.Outbox.Last)
            return null;
        if (verdict != KeyVerdict.Wrong)
            Close(session.Id!, "replaced");
        return verdict == KeyVerdict.Right ? Refusal.BadParameter("seen") : SessionReplies.Gone;
    }

    /// <summary>
    /// Gives a session away. It does not wait for a request that is being executed: the keys beyond the session make its
    /// repeat harmless, and the grain that calls must not wait for a client.
    /// </summary>
    public HandOverAnswer HandOver(string id, Address user, string key, long seen)
    {
        if (Find(id) is not { } session || session.IsOver)
            return HandOverAnswer.Refused(SessionReplies.Gone, isOver: true);
        if (CheckResume(session, user, key, seen) is { } refusal)
            return HandOverAnswer.Refused(refusal, session.IsOver);
        if (!session.TryClaim())
            return HandOverAnswer.Refused(Refusal.Overloaded, isOver: false);

        session.IsOver = true;
        var outbox = session.Outbox.Release();
        Unpark(session);
        Unregister(session);
        session.Connection?.End("replaced");
        var (highest, replies) = session.Replies.Save();
        return new HandOverAnswer(null, IsOver: false, new SessionSnapshot(
            session.Endpoint!,
            outbox.Last,
            outbox.Acknowledged,
            [.. outbox.Kept.Select(kept => SaveEvent(kept.Number, kept.Event))],
            highest,
            [.. replies.Select(reply => reply.Reply.Save(reply.Tag))],
            [.. session.Watches.Values.Select(watch => watch.Save(mustLeaveRoute: Watches.Remove(watch)))],
            session.Reports?.ToImmutableArray(),
            Route,
            session.Binding,
            session.Assertions.Current(Clock.Now),
            [.. session.Ledger.InHand],
            [.. session.Ledger.Acknowledged.Select(message => message.Key)]));
    }

    /// <summary>Makes a session of what another gateway gave away; its watches are served but not attached yet.</summary>
    public Session Receive(Session here, string id, SessionSnapshot snapshot, string usedKey)
    {
        var session = new Session(here.Transport, options.Value, Metrics, Clock.Time)
        {
            Phase = Phase.Bound,
            Domain = here.Domain,
            User = here.User,
            Endpoint = snapshot.Endpoint,
            Key = new ResumeKey(usedKey),
            Reports = snapshot.Reports is { } reports ? reports.ToHashSet(StringComparer.Ordinal) : null,
        };
        session.Binding = snapshot.Binding;
        session.Assertions.Note(snapshot.Shown.IsDefault ? [] : snapshot.Shown, snapshot.Endpoint, Clock.Now);
        foreach (var message in snapshot.InHand.IsDefault ? [] : snapshot.InHand)
            session.Ledger.Take(message, Clock.Now);
        if (!snapshot.Settled.IsDefaultOrEmpty)
        {
            session.Ledger.Recall(snapshot.Settled.Select(key => new MarkedKey(key)));
            TellAgain(session);
        }

        session.Outbox.Restore(new OutboxState(
            [.. snapshot.Events.Select(saved => (saved.Number, (OutboundEvent)RelayedEvent.Read(saved)))],
            snapshot.LastEvent,
            snapshot.Acknowledged));
        session.Replies.Restore(snapshot.HighestTag, snapshot.Replies.Select(saved => (saved.Tag, Reply.Restore(saved))));
        Register(session, id);
        foreach (var saved in snapshot.Watches)
            Serve(Watch.Restore(session, saved));
        return session;
    }

    private static SavedEvent SaveEvent(long number, OutboundEvent outbound)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        outbound.Write(ref writer, number);
        var key = outbound.SupersedeKey as ValueKey;
        return new SavedEvent(number, octets.WrittenMemory.ToArray(), outbound.Message?.Key, key?.Node, key?.Id, key?.Path);
    }
}
