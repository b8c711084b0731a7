namespace Presence.Soak.Tests;

public sealed class SoakOptionsTests
{
    [Fact]
    public void Without_words_there_are_500_clients_for_10_minutes()
    {
        var options = SoakOptions.Read([]);

        Assert.Equal((500, TimeSpan.FromMinutes(10)), (options.Clients, options.Time));
    }

    [Theory]
    [InlineData("localhost:5222")]
    [InlineData("127.0.0.1:5222")]
    [InlineData("[::1]:5222")]
    public void A_server_is_a_host_and_a_port(string server) =>
        Assert.NotNull(SoakOptions.Read(["--server", server, "--admin", "http://localhost:5280", "--admin-token", "t"]).Server);

    [Theory]
    [InlineData("--clients", "7")]
    [InlineData("--minutes", "soon")]
    [InlineData("--color", "red")]
    [InlineData("--server", "127.0.0.1:5222")]
    [InlineData("--seed")]
    public void What_is_not_understood_is_refused(params string[] words) =>
        Assert.Throws<SoakException>(() => SoakOptions.Read(words));
}
