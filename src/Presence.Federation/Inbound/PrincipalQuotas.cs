using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Federation.Links;
using Presence.Model.Addresses;
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
            return frame.Verb == "SUB" && frame.Parameters["id"] is { } id && !account.MaySubscribe(id, options.Value, clock.Now)
                ? SlowDown(60)
                : null;
        }
    }

    private static Reply SlowDown(int retry) => new Reply(429, "slow-down").With("retry", retry).With("param", "from");

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

        /// <summary>A refresh is nothing new.</summary>
        public bool MaySubscribe(string id, PeerLinkOptions limits, DateTimeOffset now)
        {
            if (now - _since >= Hour)
            {
                _since = now;
                _subscriptions.Clear();
            }

            if (_subscriptions.Contains(id))
                return true;
            return _subscriptions.Count < limits.PersonSubscriptionsPerHour && _subscriptions.Add(id);
        }
    }
}
