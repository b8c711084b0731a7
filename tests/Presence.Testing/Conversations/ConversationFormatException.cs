namespace Presence.Testing.Conversations;

/// <summary>A story is written wrongly; the message begins with file and line.</summary>
public sealed class ConversationFormatException(string path, int line, string message)
    : Exception($"{path}:{line}: {message}");
