using Presence.Testing.Conversations;

namespace Presence.Testing.Tests.Conversations;

/// <summary>The stories of the project are well written; whether they are true, a node must show.</summary>
public sealed class StoriesTests
{
    private static readonly string Directory = Path.Combine(AppContext.BaseDirectory, "Stories");

    public static TheoryData<string> Paths => new(ConversationFile.All(Directory));

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_story_can_be_read(string path)
    {
        var story = ConversationFile.Read(Directory, path);

        Assert.All(story.Conformance, id => Assert.Matches("^[A-Z]{3}-[0-9]{2}$", id));
        Assert.True(path.EndsWith("not-built-yet.conv", StringComparison.Ordinal) || IsNamed(story));
    }

    [Fact]
    public void Each_title_is_told_once() =>
        Assert.Distinct(ConversationFile.All(Directory).Select(path => ConversationFile.Read(Directory, path).Title));

    private static bool IsNamed(Conversation story) => story.Conformance.Count > 0 || story.Users.Count > 0;
}
