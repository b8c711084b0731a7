using System.Runtime.Versioning;
using Presence.Gateway.Hosting;
using Presence.Gateway.Tests.Fakes;

namespace Presence.Gateway.Tests.Hosting;

public sealed class SecretFileTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void It_holds_32_octets_that_only_the_owner_can_read()
    {
        var secret = SecretFile.LoadOrCreate(_scratch.File("token"));

        Assert.Equal(32, Convert.FromHexString(secret).Length);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scratch.File("token")));
    }

    [Fact]
    public void It_is_kept_across_restarts_and_differs_between_nodes()
    {
        var first = SecretFile.LoadOrCreate(_scratch.File("one"));

        Assert.Equal(first, SecretFile.LoadOrCreate(_scratch.File("one")));
        Assert.NotEqual(first, SecretFile.LoadOrCreate(_scratch.File("two")));
    }

    [Fact]
    public void Something_else_in_the_file_is_refused_and_not_replaced()
    {
        File.WriteAllText(_scratch.File("token"), "secret");

        Assert.Throws<StartRefusedException>(() => SecretFile.LoadOrCreate(_scratch.File("token")));
        Assert.Equal("secret", File.ReadAllText(_scratch.File("token")));
    }
}
