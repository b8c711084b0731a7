using Presence.Process.Tests.Node;

namespace Presence.WebConsole.Tests;

/// <summary>The modules of the client that need no browser, by <c>node --test</c> with the vectors of
/// docs/protocol.</summary>
public sealed class ModuleTests
{
    [Fact]
    public async Task The_modules_of_the_client_pass_their_tests()
    {
        var folder = Path.Combine(Repository.Root, "tests/Presence.WebConsole.Tests/js");
        var files = Directory.GetFiles(folder, "*.test.mjs").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        var (code, output, errors) = await Script.Run("node", ["--test", .. files]);
        Assert.True(code == 0, errors + output);
        // Were no test found, node would be content too.
        Assert.Matches(@"(?m)^[#ℹ] pass [1-9]\d+$", output);
    }
}
