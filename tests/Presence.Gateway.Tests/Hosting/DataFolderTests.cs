using System.Runtime.Versioning;
using Presence.Gateway.Hosting;
using Presence.Gateway.Tests.Fakes;

namespace Presence.Gateway.Tests.Hosting;

public sealed class DataFolderTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_missing_folder_is_made_for_the_owner_only()
    {
        using var data = DataFolder.Open(_scratch.File("new/data"));

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(data.FullPath));
        Assert.Equal(Path.Combine(data.FullPath, "presence.db"), data.Database);
    }

    [Fact]
    public void A_second_node_on_the_folder_is_refused()
    {
        using var first = DataFolder.Open(_scratch.FullPath);

        var refused = Assert.Throws<StartRefusedException>(() => DataFolder.Open(_scratch.FullPath));

        Assert.Equal($"Presence:Data = {_scratch.FullPath}: another node is running on this folder", refused.Message);
    }

    [Fact]
    public void When_the_first_node_has_ended_the_folder_is_free()
    {
        DataFolder.Open(_scratch.FullPath).Dispose();

        DataFolder.Open(_scratch.FullPath).Dispose();
    }

    [Fact]
    public void A_file_in_the_way_is_told_in_one_line()
    {
        File.WriteAllText(_scratch.File("data"), "");

        var refused = Assert.Throws<StartRefusedException>(() => DataFolder.Open(_scratch.File("data")));

        Assert.StartsWith(
            $"Presence:Data = {_scratch.File("data")}: the folder cannot be written", refused.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
