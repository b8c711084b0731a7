using Presence.Model.Addresses;

namespace Presence.Model.Messages;

/// <summary>
/// Messages that wait for a user who is not there, in the order in which they came. One that was handed over stays until it is
/// settled, so that it is not lost with who has it. When there is no room for another one the oldest leaves, for a sender must not
/// find out by a refusal whether the others still wait (docs/protocol/messages.md).
/// </summary>
public sealed class AbsenceBox(AbsenceLimits limits)
{
    private readonly List<AwaitedMessage> _waiting = [];

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<AwaitedMessage> Waiting => _waiting;

    /// <summary>The oldest that nobody has in his hands.</summary>
    public AwaitedMessage? Next => _waiting.Find(one => !one.IsHandedOver);

    /// <summary>When the next one has waited too long; null while there is none.</summary>
    public DateTimeOffset? NextExpiry => _waiting.Count == 0 ? null : _waiting.Min(one => one.Until);

    public bool Holds(Address sender, string id) => Find(sender, id) is not null;

    public void Restore(IEnumerable<AwaitedMessage> saved) => _waiting.AddRange(saved);

    /// <summary>Takes a message; gives those that had to leave for it, or the message itself if it can never fit.</summary>
    public IReadOnlyList<InstantMessage> Put(InstantMessage message, DateTimeOffset now) =>
        Put(Await(message, now));

    /// <summary>The message with the time for which it waits.</summary>
    public AwaitedMessage Await(InstantMessage message, DateTimeOffset now) =>
        new(message, message.HasOwnLife ? message.Expires : now + limits.HoldFor, message.Body.Length);

    /// <inheritdoc cref="Put(InstantMessage, DateTimeOffset)"/>
    public IReadOnlyList<InstantMessage> Put(AwaitedMessage message)
    {
        if (message.Octets > limits.MaxOctets)
            return [message.Message];
        _waiting.Add(message);
        var leaving = new List<InstantMessage>();
        while (_waiting.Count > limits.Max || _waiting.Sum(one => one.Octets) > limits.MaxOctets)
        {
            if (!_waiting[0].IsHandedOver)
                leaving.Add(_waiting[0].Message);
            _waiting.RemoveAt(0);
        }

        return leaving;
    }

    /// <summary>Somebody has it in his hands, if it waits here. It is not given again unless he loses it.</summary>
    public void HandOver(InstantMessage message)
    {
        if (Find(message.From, message.Id) is { } awaited)
            awaited.IsHandedOver = true;
    }

    /// <summary>Who had it in his hands is gone. False if it does not wait here.</summary>
    public bool TakeBack(InstantMessage message)
    {
        if (Find(message.From, message.Id) is not { } awaited)
            return false;
        awaited.IsHandedOver = false;
        return true;
    }

    /// <summary>Who had it in his hands has acknowledged it. False for one that nobody was given.</summary>
    public bool Settle(Address sender, string id) =>
        Find(sender, id) is { IsHandedOver: true } awaited && _waiting.Remove(awaited);

    /// <summary>Nobody is to have it any more.</summary>
    public void Remove(AwaitedMessage awaited) => _waiting.Remove(awaited);

    /// <summary>Nothing of what somebody wrote is kept. False if there was nothing.</summary>
    public bool Forget(Address sender) => _waiting.RemoveAll(one => one.Message.From.Equals(sender)) > 0;

    /// <summary>Takes out what has waited too long; what is in somebody's hands has its own accounts.</summary>
    public IReadOnlyList<InstantMessage> EndExpired(DateTimeOffset now)
    {
        List<InstantMessage> expired =
            [.. _waiting.Where(one => one.Until <= now && !one.IsHandedOver).Select(one => one.Message)];
        _waiting.RemoveAll(one => one.Until <= now);
        return expired;
    }

    private AwaitedMessage? Find(Address sender, string id) =>
        _waiting.Find(one => one.Message.From.Equals(sender) && one.Message.Id == id);
}
