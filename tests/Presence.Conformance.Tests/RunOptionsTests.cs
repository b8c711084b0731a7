using Presence.Conformance.Wire;

namespace Presence.Conformance.Tests;

public sealed class RunOptionsTests
{
    [Fact]
    public void A_server_and_who_logs_in()
    {
        var options = RunOptions.Read(["[::1]:7750", "--tls", "--insecure", "--domain", "a.example", "--user", "alice:pa:ss", "--only", "FRM,TOK-03"]);
        var target = options.Target();
        Assert.Equal((Carrier.Tls, "::1", 7750, "a.example"), (target.Carrier, target.Host, target.Port, target.Domain));
        Assert.Equal(["FRM", "TOK-03"], options.Only);
        Assert.Equal(["alice:pa:ss"], options.Users);
    }

    [Fact]
    public void A_WebSocket_needs_no_port()
    {
        var target = RunOptions.Read(["--ws", "wss://a.example/pip", "--admin", "http://127.0.0.1:8080"]).Target();
        Assert.Equal((Carrier.WebSocket, "a.example", 443), (target.Carrier, target.Host, target.Port));
    }

    [Theory]
    [InlineData("Which server", "--user", "a:b")]
    [InlineData("Who logs in", "127.0.0.1:7749")]
    [InlineData("--user is NAME:PASSWORD", "127.0.0.1:7749", "--user", "alice")]
    [InlineData("There is no option --fast", "127.0.0.1:7749", "--fast", "yes")]
    [InlineData("--only needs a value", "127.0.0.1:7749", "--only")]
    [InlineData("is not HOST:PORT", "127.0.0.1", "--user", "a:b")]
    [InlineData("is not HOST:PORT", "127.0.0.1:99999", "--user", "a:b")]
    [InlineData("exclude each other", "127.0.0.1:1", "--tls", "--ws", "ws://a.example/", "--user", "a:b")]
    [InlineData("--parallel takes a number from 1 to 64", "127.0.0.1:1", "--parallel", "65")]
    [InlineData("--admin takes a URL", "127.0.0.1:1", "--admin", "localhost")]
    public void What_makes_no_sense_is_said(string message, params string[] words) =>
        Assert.Contains(message, Assert.Throws<UsageException>(() => RunOptions.Read(words)).Message, StringComparison.Ordinal);
}
