using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Model.Messages;

/// <summary>
/// Messages of people who must ask first (decision 0013): the first one is shown as a request, further ones are held until
/// the owner decides. Bounded in senders, messages, octets and time; what does not fit is dropped, for the sender is told
/// the same in any case. Owned by one grain, so it needs no lock; <see cref="Save"/> gives what must survive it.
/// </summary>
public sealed class MessageRequests(RequestLimits limits)
{
    private readonly Dictionary<Address, Request> _bySender = [];
    private int _octets;

    /// <summary>Grows with every change, so that the owner knows when to store it.</summary>
    public long Changes { get; private set; }

    /// <summary>When the next request is given up, or null.</summary>
    public DateTimeOffset? NextExpiry => _bySender.Count == 0 ? null : _bySender.Values.Min(request => request.Until);

    /// <summary>True if messages are held.</summary>
    public bool IsHolding => _octets > 0;

    /// <summary>Those about whom the owner has not decided, or whom he has turned away.</summary>
    public IReadOnlyList<Address> Senders => [.. _bySender.Keys];

    /// <summary>True if the sender's request was shown, or turned down: nothing more is shown until the owner decides.</summary>
    public bool IsOpen(Address sender) => _bySender.ContainsKey(sender);

    /// <summary>True for the message that was shown as the sender's request.</summary>
    public bool IsRequest(InstantMessage message) =>
        _bySender.TryGetValue(message.From, out var request) && request.Id == message.Id;

    /// <summary>True for a message that is held: a repeat of it is answered and not held again.</summary>
    public bool Holds(Address sender, string id) =>
        _bySender.TryGetValue(sender, out var request) && request.Held.Any(message => message.Id == id);

    /// <summary>The first message of this sender has been handed to an endpoint.</summary>
    public void Open(InstantMessage message, DateTimeOffset now)
    {
        if (_bySender.Count >= limits.MaxSenders)
            Remove(_bySender.MinBy(pair => pair.Value.Until).Key);
        Changes++;
        _bySender[message.From] = new Request(message.Id, now + limits.HoldFor);
    }

    /// <summary>The message that was to be the request has reached nobody: the next one takes its place.</summary>
    public void Reopen(InstantMessage message)
    {
        if (_bySender.TryGetValue(message.From, out var request) && request.Id == message.Id && request.Held.Count == 0)
            Remove(message.From);
    }

    /// <summary>Keeps a further message. False if there is no room, or if the request was turned down.</summary>
    public bool TryHold(InstantMessage message)
    {
        if (!_bySender.TryGetValue(message.From, out var request) || request.IsDenied
            || request.Held.Count >= limits.MaxPerSender || _octets + Cost(message) > limits.MaxOctets)
            return false;
        Keep(request, message);
        return true;
    }

    /// <summary>The owner lets the sender in: gives what was held, the oldest first, and forgets the request.</summary>
    public IReadOnlyList<InstantMessage> Release(Address sender)
    {
        var held = _bySender.TryGetValue(sender, out var request) ? request.Held.ToList() : [];
        Remove(sender);
        return held;
    }

    /// <summary>
    /// The owner turns the sender away: what was held is dropped, and for as long as it would have been held nothing of him
    /// is shown.
    /// </summary>
    public void Deny(Address sender)
    {
        if (!_bySender.TryGetValue(sender, out var request))
            return;
        Drop(request);
        Changes++;
        _bySender[sender] = request with { IsDenied = true };
    }

    /// <summary>Drops what the owner has not decided about in time.</summary>
    public void EndExpired(DateTimeOffset now)
    {
        foreach (var sender in _bySender.Where(pair => pair.Value.Until <= now).Select(pair => pair.Key).ToList())
            Remove(sender);
    }

    /// <summary>All of it, to be stored.</summary>
    public ImmutableArray<SavedRequest> Save() =>
    [
        .. _bySender.Select(pair => new SavedRequest(
            pair.Key, pair.Value.Id, pair.Value.Until, pair.Value.IsDenied, [.. pair.Value.Held])),
    ];

    /// <summary>Goes on with what was stored; only into an empty one.</summary>
    public void Restore(IEnumerable<SavedRequest> saved)
    {
        foreach (var one in saved)
        {
            var request = new Request(one.Id, one.Until) { IsDenied = one.IsDenied };
            _bySender[one.Sender] = request;
            foreach (var message in one.Held)
                Keep(request, message);
        }
    }

    private void Keep(Request request, InstantMessage message)
    {
        Changes++;
        request.Held.Enqueue(message);
        _octets += Cost(message);
    }

    private void Remove(Address sender)
    {
        if (!_bySender.Remove(sender, out var request))
            return;
        Changes++;
        Drop(request);
    }

    private void Drop(Request request)
    {
        _octets -= request.Held.Sum(Cost);
        request.Held.Clear();
    }

    /// <summary>Beside the body, so that many empty messages count too.</summary>
    private static int Cost(InstantMessage message) =>
        256 + message.Body.Length + message.Type.Length + (message.Subject?.Length ?? 0);

    private sealed record Request(string Id, DateTimeOffset Until)
    {
        public Queue<InstantMessage> Held { get; } = new();

        public bool IsDenied { get; init; }
    }
}

/// <summary>One request as it is stored.</summary>
/// <param name="Sender">Who asks.</param>
/// <param name="Id">The message that was shown.</param>
/// <param name="Until">When it is given up.</param>
/// <param name="IsDenied">True if the owner has turned it down.</param>
/// <param name="Held">Further messages, the oldest first.</param>
public sealed record SavedRequest(
    Address Sender, string Id, DateTimeOffset Until, bool IsDenied, ImmutableArray<InstantMessage> Held);

/// <summary>Bounds of <see cref="MessageRequests"/>.</summary>
/// <param name="MaxSenders">People whose requests are known at a time, default 256; then the oldest one gives way.</param>
/// <param name="MaxPerSender">Messages held of one sender, default 16.</param>
/// <param name="MaxOctets">Octets held of all senders together, default 262 144.</param>
/// <param name="HoldFor">How long the owner has to decide, default 7 days.</param>
public sealed record RequestLimits(int MaxSenders, int MaxPerSender, int MaxOctets, TimeSpan HoldFor)
{
    public static readonly RequestLimits Default = new(256, 16, 256 * 1024, TimeSpan.FromDays(7));
}
