namespace Presence.Testing.Conversations;

/// <summary>A story in which named actors talk PIP/1.0 to a node; see docs/conversations.md.</summary>
public sealed class Conversation
{
    internal Conversation(
        string path, string title, IReadOnlyList<string> conformance, IReadOnlyList<Account> users,
        IReadOnlyList<Step> steps)
    {
        Path = path;
        Title = title;
        Conformance = conformance;
        Users = users;
        Steps = steps;
    }

    /// <summary>Where the story stands; the first part of each failure message.</summary>
    public string Path { get; }

    public string Title { get; }

    /// <summary>Numbers of the conformance statements that the story proves, such as `SUB-02`.</summary>
    public IReadOnlyList<string> Conformance { get; }

    public IReadOnlyList<Account> Users { get; }

    internal IReadOnlyList<Step> Steps { get; }

    /// <exception cref="ConversationFormatException">The text is not a story.</exception>
    public static Conversation Parse(string path, string text) => new ConversationParser(path).Parse(text);
}

/// <summary>
/// An account that exists before the story begins. <paramref name="Local"/> is the name before the @, or a whole address for a user of
/// another hosted domain.
/// </summary>
public sealed record Account(string Local, string Password);
