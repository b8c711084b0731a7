using System.Security.Cryptography;

namespace Presence.Grains.Tests.Storage;

public sealed class StoredWordsTests
{
    [Fact]
    public void The_words_of_the_packer_never_change() => Assert.Equal(
        "beee352457529b523fa5c4a5dee48bb88cd79679f696a3e9519a4dc5c5bd2005",
        Convert.ToHexStringLower(SHA256.HashData(StoredWords.Octets.Span)));
}
