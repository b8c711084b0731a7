using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Presence.Transports.Tcp;
using Presence.Transports.Tests.Fakes;

namespace Presence.Transports.Tests.Tcp;

public sealed class ClearTextTests
{
    private readonly GreetingHost _sessions = new();

    [Fact]
    public async Task A_connection_reaches_a_session_that_knows_no_tls()
    {
        await using var node = await Node.Start(_sessions);

        await using var plain = await Node.Connect(node.Pip);

        Assert.Equal(GreetingHost.Greeting, await plain.ReadGreeting());
        var transport = await _sessions.NextServed();
        Assert.Null(transport.Tls);
        Assert.True(transport.IsLoopback);
        Assert.Equal(plain.Socket.LocalEndPoint!.ToString(), transport.Remote);
    }

    [Fact]
    public async Task The_last_words_arrive_before_the_end()
    {
        await using var node = await Node.Start(_sessions);
        await using var plain = await Node.Connect(node.Pip);

        await plain.WriteAsync("QUIT 1\r\n"u8.ToArray());

        Assert.Equal(GreetingHost.Greeting, await plain.ReadToEnd());
    }

    [Fact]
    public async Task A_session_can_cut_its_connection()
    {
        await using var node = await Node.Start(_sessions);
        await using var plain = await Node.Connect(node.Pip);
        await plain.ReadGreeting();

        (await _sessions.NextServed()).Abort("slow-reader");

        await Assert.ThrowsAnyAsync<IOException>(plain.ReadToEnd);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("::")]
    public void Addresses_beyond_this_machine_are_refused(string address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address), 0, listen => listen.UsePip()));

        Assert.Throws<ArgumentException>(builder.Build);
    }
}
