using Presence.Testing.Conversations;

namespace Presence.Testing.Tests.Conversations;

public sealed class ConversationFileTests
{
    [Fact]
    public void Stories_are_found_below_a_directory_in_a_fixed_order()
    {
        var directory = Directory.CreateTempSubdirectory("stories");
        try
        {
            directory.CreateSubdirectory("b");
            File.WriteAllText(Path.Combine(directory.FullName, "b", "z.conv"), "# t\nclock +1s");
            File.WriteAllText(Path.Combine(directory.FullName, "a.conv"), "# t\nclock +1s");
            File.WriteAllText(Path.Combine(directory.FullName, "notes.txt"), "");

            Assert.Equal(["a.conv", "b/z.conv"], ConversationFile.All(directory.FullName));
            Assert.Equal("b/z.conv", ConversationFile.Read(directory.FullName, "b/z.conv").Path);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_directory_without_stories_is_an_error()
    {
        var directory = Directory.CreateTempSubdirectory("stories");
        try
        {
            Assert.Throws<FileNotFoundException>(() => ConversationFile.All(directory.FullName));
        }
        finally
        {
            directory.Delete();
        }
    }
}
