using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>
/// How a user grain deals with messages of people who must ask: one is shown, the others wait for the owner. What he lets in
/// and nobody can take yet goes on waiting, in order.
/// </summary>
internal sealed class RequestDesk(Courier courier, Inbox inbox, RequestLimits limits)
{
    private readonly MessageRequests _requests = new(limits);
    private readonly Queue<InstantMessage> _letIn = new();

    public DateTimeOffset? NextExpiry => _requests.NextExpiry;

    /// <summary>True while messages are kept that live in memory only.</summary>
    public bool IsHolding => _requests.IsHolding || _letIn.Count > 0;

    public IReadOnlyList<Address> Senders => _requests.Senders;

    public bool Holds(Address sender, string id) => _requests.Holds(sender, id);

    public bool IsRequest(InstantMessage message) => _requests.IsRequest(message);

    /// <summary>False if no endpoint takes it; one that is held counts as taken.</summary>
    public async Task<bool> Take(InstantMessage message, DateTimeOffset now)
    {
        message = message with { Wants = ReceiptWishes.None };
        if (_requests.IsOpen(message.From))
        {
            _requests.TryHold(message);
            return true;
        }

        var takers = await courier.ToAll(new MessageNotice(message, IsRequest: true));
        if (takers.Count == 0)
            return false;
        inbox.Accept(message, takers, now);
        _requests.Open(message, now);
        return true;
    }

    /// <summary>The owner has let the sender in.</summary>
    public Task LetIn(Address sender, DateTimeOffset now)
    {
        foreach (var message in _requests.Release(sender))
            _letIn.Enqueue(message);
        return DeliverLetIn(now);
    }

    public void TurnAway(Address sender) => _requests.Deny(sender);

    /// <summary>A message that was to be a request has failed.</summary>
    public void Failed(InstantMessage message) => _requests.Reopen(message);

    public void EndExpired(DateTimeOffset now) => _requests.EndExpired(now);

    /// <summary>Hands over what was let in, now that an endpoint may have come.</summary>
    public async Task DeliverLetIn(DateTimeOffset now)
    {
        while (_letIn.TryPeek(out var message))
        {
            // It waited for a decision and not on its way, so its life begins now.
            var fresh = message with { Expires = now + (message.Expires - message.SentAt) };
            var takers = await courier.ToAll(new MessageNotice(fresh, IsRequest: false));
            if (takers.Count == 0)
                return;
            _letIn.Dequeue();
            inbox.Accept(fresh, takers, now);
        }
    }
}
