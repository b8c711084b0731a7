using Presence.Cli.Options;

namespace Presence.Cli.Tests.Options;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:7749", "127.0.0.1", 7749, false)]
    [InlineData("127.0.0.1:7750", "127.0.0.1", 7750, true)]
    [InlineData("localhost", "localhost", 7749, false)]
    [InlineData("[::1]:7750", "::1", 7750, true)]
    [InlineData("[::1]", "::1", 7749, false)]
    [InlineData("::1", "::1", 7749, false)]
    [InlineData("chat.example", "chat.example", 7750, true)]
    [InlineData("chat.example:443", "chat.example", 443, true)]
    [InlineData("192.0.2.1:7749", "192.0.2.1", 7749, true)]
    [InlineData("0.0.0.0:7749", "127.0.0.1", 7749, false)]
    [InlineData("[::]:7749", "127.0.0.1", 7749, false)]
    [InlineData("*:7750", "127.0.0.1", 7750, true)]
    public void A_server_has_host_port_and_a_default_for_TLS(string text, string host, int port, bool tls)
    {
        Assert.True(ServerAddress.TryParse(text, port: null, out var server));
        Assert.Equal((host, port, tls), (server.Host, server.Port, server.UsesTlsByDefault));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":7749")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:77a")]
    [InlineData("host:+1")]
    [InlineData("[::1")]
    [InlineData("[::1]7749")]
    [InlineData("http://host:80")]
    [InlineData("a b:80")]
    public void Anything_else_is_none(string text) => Assert.False(ServerAddress.TryParse(text, port: null, out _));

    [Theory]
    [InlineData("[::1]:80", "[::1]:80")]
    [InlineData("host:80", "host:80")]
    public void A_server_is_written_as_it_is_read(string text, string written)
    {
        Assert.True(ServerAddress.TryParse(text, port: null, out var server));
        Assert.Equal(written, server.ToString());
    }
}
