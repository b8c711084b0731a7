using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Federation.Links;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Federation.Inbound;

/// <summary>
/// How much one person of another domain may ask, so that one of them does not use up what is there for all. The refusal names
/// <c>from</c>: the domain need not slow down, he must.
/// </summary>
internal sealed class PrincipalQuotas(IOptions<PeerLinkOptions> options, PresenceClock clock)
{
    /// <summary>People who are remembered; beyond it all begin anew.</summary>
    private const int Most = 50_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Dictionary<Address, Account> _accounts = [];
    private readonly Lock _lock = new();

    /// <summary>Why this request is not executed, or null.</summary>
    public Reply? Refuse(Address from, Frame frame)
    {
        // What ends something, or answers, must always be possible.
        if (from.IsDomain || frame.Verb is "UNSUB" or "LEAVE" or "RECEIPT" or "ANSWER" or "CANCEL" or "ROSTER")
            return null;
        lock (_lock)
        {
            var account = Of(from);
            if (!account.Rate.TryTake())
                return SlowDown(1);
            // Who asks for the challenge of a passphrase begins nothing. Ids are the other side's, and the same one may be used at many places.
            return frame.Verb == "SUB" && !frame.Parameters.Has("pass")
                && !account.MaySubscribe($"{frame.Target} {frame.Parameters["id"]}", options.Value, clock.Now)
                ? SlowDown(60)
                : null;
        }
    }

    /// <summary>The answer if this subscription of his had to wait for a decision; null if there is room for it.</summary>
    public Reply? RefuseToWait(Address from, Place target, string id)
    {
        lock (_lock)
        {
            return Of(from).Open.LeftUntilRoom(target, id, options.Value.PersonPendingPerDay, clock.Now) is { } left
                ? SlowDown((long)Math.Ceiling(left.TotalSeconds))
                : null;
        }
    }

    /// <summary>His subscription waits for a decision, or does not.</summary>
    public void Note(Address from, Place target, string id, bool waits)
    {
        lock (_lock)
        {
            if (waits)
                Of(from).Open.Add(target, id, clock.Now);
            else
                _accounts.GetValueOrDefault(from)?.Open.Remove(target, id);
        }
    }

    /// <summary>What is told of subscriptions: who was let in waits no more.</summary>
    public void Note(RouteBatch batch)
    {
        foreach (var notice in batch.Notices.IsDefault ? [] : batch.Notices)
        {
            if (notice.Event == SubscriptionEvent.Activated)
                Note(notice.Watcher, new Place(batch.Node, notice.Path), notice.Id, waits: false);
        }
    }

    private static Reply SlowDown(long retry) => Reply.From(Refusal.SlowDown).With("retry", retry);

    private Account Of(Address from)
    {
        if (_accounts.TryGetValue(from, out var account))
            return account;
        if (_accounts.Count >= Most)
            _accounts.Clear();
        var rate = new RateLimit(options.Value.PersonRequestsPerSecond, options.Value.PersonRequestBurst, clock.Time);
        return _accounts[from] = new Account(rate);
    }

    private sealed class Account(RateLimit rate)
    {
        private readonly HashSet<string> _subscriptions = new(StringComparer.Ordinal);
        private DateTimeOffset _since;

        public RateLimit Rate { get; } = rate;

        public OpenRequests Open { get; } = new();

        /// <summary>A refresh is nothing new.</summary>
        public bool MaySubscribe(string what, PeerLinkOptions limits, DateTimeOffset now)
        {
            if (now - _since >= Hour)
            {
                _since = now;
                _subscriptions.Clear();
            }

            if (_subscriptions.Contains(what))
                return true;
            return _subscriptions.Count < limits.PersonSubscriptionsPerHour && _subscriptions.Add(what);
        }
    }
}
