using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>
/// How a user grain deals with messages of people who must ask: one is shown, the others wait for the owner. What he lets in
/// and nobody can take yet goes on waiting, in order. All of it is stored before anybody is answered.
/// </summary>
internal sealed class RequestDesk(
    Courier courier, Inbox inbox, RequestLimits limits, WaitingStore store)
{
    private readonly MessageRequests _requests = new(limits);
    private readonly Queue<InstantMessage> _letIn = new();
    private long _stored;

    public DateTimeOffset? NextExpiry => _requests.NextExpiry;

    public IReadOnlyList<Address> Senders => _requests.Senders;

    public bool Holds(Address sender, string id) => _requests.Holds(sender, id);

    public bool IsRequest(InstantMessage message) => _requests.IsRequest(message);

    /// <summary>Every message that waits: for a decision, or for somebody to take it.</summary>
    public IEnumerable<InstantMessage> Waiting => _requests.Save().SelectMany(request => request.Held).Concat(_letIn);

    /// <summary>Takes back what was stored.</summary>
    public void Load(DateTimeOffset now)
    {
        _requests.Restore(store.State.Entries.Select(entry => entry.ToSaved()));
        foreach (var message in store.State.Released)
            _letIn.Enqueue(message.ToMessage());
        _stored = _requests.Changes;
        _requests.EndExpired(now);
    }

    /// <summary>The user is gone, and with him what waited for his decision.</summary>
    public Task Clear() => store.Clear();

    /// <summary>False if no endpoint takes it; one that is held counts as taken.</summary>
    public async Task<bool> Take(InstantMessage message, DateTimeOffset now)
    {
        message = message.WithoutReceipts();
        if (_requests.IsOpen(message.From))
        {
            _requests.TryHold(message);
            await Store();
            return true;
        }

        var takers = await courier.ToAll(new MessageNotice(message, IsRequest: true));
        if (takers.Count == 0)
            return false;
        inbox.Accept(message, takers.Sessions, now);
        _requests.Open(message, now);
        await Store();
        return true;
    }

    /// <summary>The owner has let the sender in.</summary>
    public Task LetIn(Address sender, DateTimeOffset now)
    {
        foreach (var message in _requests.Release(sender))
            _letIn.Enqueue(message);
        return DeliverLetIn(now);
    }

    public Task TurnAway(Address sender)
    {
        _requests.Deny(sender);
        return Store();
    }

    /// <summary>The sender is no more, and nothing of what he wrote is kept.</summary>
    public Task Forget(Address sender)
    {
        _requests.Release(sender);
        var left = _letIn.Where(message => !message.From.Equals(sender)).ToList();
        var isSame = left.Count == _letIn.Count;
        _letIn.Clear();
        left.ForEach(_letIn.Enqueue);
        return isSame ? Store() : Write();
    }

    /// <summary>A message that was to be a request has failed.</summary>
    public Task Failed(InstantMessage message)
    {
        _requests.Reopen(message);
        return Store();
    }

    public Task EndExpired(DateTimeOffset now)
    {
        _requests.EndExpired(now);
        return Store();
    }

    /// <summary>Hands over what was let in, now that an endpoint may have come.</summary>
    public async Task DeliverLetIn(DateTimeOffset now)
    {
        // What is released is let in by the same write.
        await Store();
        var waiting = _letIn.Count;
        await HandOver(now);
        if (_letIn.Count != waiting)
            await Write();
    }

    private async Task HandOver(DateTimeOffset now)
    {
        while (_letIn.TryPeek(out var message))
        {
            // It waited for a decision and not on its way, so its life begins now.
            var fresh = message with { Expires = now + (message.Expires - message.SentAt) };
            var takers = await courier.ToAll(new MessageNotice(fresh, IsRequest: false));
            if (takers.Count == 0)
                return;
            _letIn.Dequeue();
            inbox.Accept(fresh, takers.Sessions, now);
        }
    }

    private Task Store() => _requests.Changes == _stored ? Task.CompletedTask : Write();

    private async Task Write()
    {
        var changes = _requests.Changes;
        await store.Write(new RequestRecord
        {
            Entries = [.. _requests.Save().Select(RequestRecord.Entry.Of)],
            Released = [.. _letIn.Select(StoredMessage.Of)],
            Awaited = store.State.Awaited,
            Unseen = store.State.Unseen,
        });
        _stored = changes;
    }
}
