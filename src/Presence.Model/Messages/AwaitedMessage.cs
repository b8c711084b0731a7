namespace Presence.Model.Messages;

/// <summary>A message that waits in an <see cref="AbsenceBox"/>.</summary>
/// <param name="message">The message; of one that nobody will ever be given the body may be missing.</param>
/// <param name="until">How long it waits.</param>
/// <param name="octets">Room that it takes: the octets of its body.</param>
public sealed class AwaitedMessage(InstantMessage message, DateTimeOffset until, int octets)
{
    public InstantMessage Message { get; } = message;

    public DateTimeOffset Until { get; } = until;

    public int Octets { get; } = octets;

    /// <summary>True while a session has it in its hands and has not acknowledged it.</summary>
    public bool IsHandedOver { get; internal set; }

    /// <summary>
    /// As it is handed over: it says since when it was waiting. It goes on waiting for an acknowledgement as long as it would have
    /// waited for somebody to come.
    /// </summary>
    public InstantMessage Delayed => Message with { DelayedSince = Message.SentAt, Expires = Until };

    /// <summary>As it is kept where nobody will ever read it.</summary>
    public AwaitedMessage Unread => new(Message with { Body = ReadOnlyMemory<byte>.Empty }, Until, Octets);
}
