namespace Presence.Testing.Conversations;

/// <summary>The node that a story is told to.</summary>
public interface IConversationHost
{
    /// <summary>The domain that the shorthand `login` names in HELLO; stories themselves write `localhost`.</summary>
    string Domain { get; }

    /// <summary>Opens a connection; the runner owns and disposes the stream.</summary>
    /// <param name="actor">Name in the story, for logs and server names only.</param>
    Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel);

    Task CreateUser(string local, string password, CancellationToken cancel);

    /// <summary>Removes an account together with its node, as an administrator would.</summary>
    Task RemoveUser(string local, CancellationToken cancel);

    /// <summary>
    /// Moves the node's clock forward. Returns when the timers that fell due have been started, not when their
    /// effects have reached a connection: the runner waits for those.
    /// </summary>
    Task AdvanceClock(TimeSpan by, CancellationToken cancel);
}
