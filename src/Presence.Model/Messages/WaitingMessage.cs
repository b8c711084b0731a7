using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Model.Messages;

/// <summary>
/// A message that waits in an <see cref="Inbox"/>. The sessions are arrays, for mostly there is one, and they are the same for message
/// after message. It stands in its table itself, which saves an object for each copy (<c>bench group</c>).
/// </summary>
internal struct WaitingMessage(InstantMessage message, ImmutableArray<string> sessions, long knownUntil)
{
    private ImmutableArray<string> _given = sessions;

    public InstantMessage Message { get; } = message;

    /// <summary>In ticks of UTC.</summary>
    public long KnownUntil { get; } = knownUntil;

    /// <summary>Those that hold it.</summary>
    public ImmutableArray<string> Sessions { get; private set; } = sessions;

    public bool Remove(string session)
    {
        var before = Sessions.Length;
        Sessions = Sessions.Remove(session, StringComparer.Ordinal);
        return Sessions.Length < before;
    }

    public void Give(IEnumerable<string> sessions)
    {
        foreach (var session in sessions)
        {
            if (!Sessions.Contains(session))
                Sessions = Sessions.Add(session);
            if (!_given.Contains(session))
                _given = _given.Add(session);
        }
    }

    public readonly Orphan ToOrphan() => new(Message, _given.ToHashSet(StringComparer.Ordinal));
}

/// <summary>What may still be told of a message that an <see cref="Inbox"/> knows.</summary>
internal readonly record struct Telling(bool IsDisplayOwed, Address? SentTo)
{
    public static Telling? Of(InstantMessage message)
    {
        var isOwed = message.Wants.HasFlag(ReceiptWishes.Displayed);
        return isOwed || !message.Via.IsEmpty ? new Telling(isOwed, message.Via.IsEmpty ? null : message.Via[0]) : null;
    }
}
