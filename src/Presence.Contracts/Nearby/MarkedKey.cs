using Presence.Contracts.Users;
using Presence.Model.Messages;

namespace Presence.Contracts.Nearby;

/// <summary>
/// A message's key with its mark, which is made once and passed on: nobody who looks for the message has to make it again. For this process
/// alone.
/// </summary>
public readonly record struct MarkedKey(MessageKey Key, MessageMark Mark)
{
    public MarkedKey(MessageKey key)
        : this(key, MessageMark.Of(key.From, key.Id))
    {
    }

    public static MarkedKey Of(InstantMessage message) => new(new MessageKey(message.From, message.Id), message.Mark);
}
