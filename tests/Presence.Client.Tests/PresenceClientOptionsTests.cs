namespace Presence.Client.Tests;

public sealed class PresenceClientOptionsTests
{
    [Theory]
    [InlineData("pip://192.0.2.1:7749", "loopback only")]
    [InlineData("ws://example.org/pip", "loopback only")]
    [InlineData("gopher://example.org", "no transport")]
    [InlineData("pips://alice:secret@example.org", "do not belong")]
    [InlineData("example.org:7750", "pips://host:7750")]
    public void A_server_that_makes_no_sense_is_told_with_the_reason(string server, string why)
    {
        var options = Sound();
        options.Server = server;

        var wrong = Assert.Throws<ArgumentException>(() => PresenceClient.Start(options));
        Assert.Contains("PresenceClientOptions.Server", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_option_out_of_its_range_is_named()
    {
        Refused("Account", options => options.Account = "localhost");
        Refused("Account", options => options.Account = "a b@localhost");
        Refused("Password", options => options.Password = "");
        Refused("Endpoint", options => options.Endpoint = "a desk");
        Refused("Priority", options => options.Priority = 200);
        Refused("RequestTimeout", options => options.RequestTimeout = TimeSpan.Zero);
        Refused("ConnectTimeout", options => options.ConnectTimeout = TimeSpan.FromHours(1));
        Refused("ReconnectMax", options => options.ReconnectMax = TimeSpan.FromMilliseconds(1));
        Refused("WatchLifetime", options => options.WatchLifetime = TimeSpan.FromSeconds(5));
        Refused("MaxWaitingRequests", options => options.MaxWaitingRequests = 0);
    }

    private static void Refused(string name, Action<PresenceClientOptions> spoil)
    {
        var options = Sound();
        spoil(options);
        var wrong = Assert.Throws<ArgumentException>(() => PresenceClient.Start(options));
        Assert.Equal(name, wrong.ParamName);
    }

    private static PresenceClientOptions Sound() => new()
    {
        Account = "alice@localhost", Password = "x", Server = "pip://127.0.0.1:1",
    };
}
