namespace Presence.Testing.Conversations;

/// <summary>
/// The node did not do what the story says. The message tells file, line, what was expected, what came, why that
/// is not the same, and what was said on the connection so far.
/// </summary>
public sealed class ConversationFailedException(string message) : Exception(message);
