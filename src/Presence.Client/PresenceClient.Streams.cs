using System.Runtime.CompilerServices;
using Presence.Client.Lasting;

namespace Presence.Client;

/// <summary>What comes without being asked for. Each of these begins with the call and is enumerated once.</summary>
public sealed partial class PresenceClient
{
    /// <summary>
    /// Instant messages, each once. Those that came before anybody read wait for the first reader; of several readers each
    /// gets all that come from then on. A message counts as received when its readers ask for the next one or leave; until
    /// then the server keeps it. With 256 that nobody reads, further ones are refused to their senders: a program that wants
    /// none sets <see cref="PresenceClientOptions.Priority"/> to −1.
    /// </summary>
    /// <exception cref="PresenceClosedException">The client is over for good, other than by disposal.</exception>
    /// <example>
    /// <code>
    /// await foreach (var message in me.MessagesAsync())
    /// {
    ///     Console.WriteLine($"{message.From}: {message.Text}");
    ///     await me.SendAsync(message.From.ToString(), "Got it.");
    ///     break;
    /// }
    /// </code>
    /// </example>
    public IAsyncEnumerable<Message> MessagesAsync(CancellationToken cancellation = default) =>
        Read<Message>(_keeper.Hub.Open(one => one is Message), cancellation);

    /// <summary>
    /// Word about the connection. After each <see cref="Disconnected"/> comes one <see cref="Resumed"/> or
    /// <see cref="Resynced"/>; the latter tells what may have been missed.
    /// </summary>
    /// <exception cref="PresenceClosedException">The client is over for good, other than by disposal.</exception>
    public IAsyncEnumerable<ConnectionEvent> ConnectionEvents(CancellationToken cancellation = default) =>
        Read<ConnectionEvent>(_keeper.Hub.Open(one => one is ConnectionEvent), cancellation);

    /// <summary>
    /// Everything in its order: changes of what this client watches, messages, <see cref="Receipt"/>s, people who want to
    /// watch (<see cref="WatcherRequest"/>), <see cref="MembershipChange"/>s, invitations, referrals, and
    /// <see cref="ConnectionEvent"/>s. Messages count as received as told at <see cref="MessagesAsync"/>.
    /// </summary>
    /// <exception cref="PresenceClosedException">The client is over for good, other than by disposal.</exception>
    public IAsyncEnumerable<PresenceEvent> EventsAsync(CancellationToken cancellation = default) =>
        Read<PresenceEvent>(_keeper.Hub.Open(_ => true), cancellation);

    private static async IAsyncEnumerable<TEvent> Read<TEvent>(
        EventStream stream, [EnumeratorCancellation] CancellationToken cancellation)
        where TEvent : PresenceEvent
    {
        await foreach (var happened in stream.Read(cancellation))
            yield return (TEvent)happened;
    }
}
