using System.Net;
using System.Net.Sockets;
using Presence.Bench.Links;
using Presence.Bench.Load;
using Presence.Bench.Pip;

namespace Presence.Bench.Tests;

/// <summary>What a generated client writes.</summary>
public sealed class PipLinkTests
{
    [Fact]
    public async Task Who_takes_leave_acknowledges_nothing_any_more()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var tally = new Tally(TimeSpan.FromSeconds(30));
        using var link = new PipLink(tally, "localhost", Way.Clear);
        var connecting = link.Connect(listener.LocalEndpoint);
        using var server = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = server.GetStream();
        using var reader = new StreamReader(stream);
        await Write("200 0 ready\r\n");
        await connecting;

        var leaving = link.Quit();
        Assert.Equal("QUIT 1", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await Write("NOTIFY #1 bob@localhost/status id=p1 val=c1\r\n");
        // Each answer stands behind what the client had to say of the read before.
        await Write("PING 1\r\n");
        Assert.Equal("200 1 ok", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await Write("PING 2\r\n");
        Assert.Equal("200 2 ok", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await Write("200 1 bye\r\n");

        await leaving;
        Assert.True(tally.IsClean);

        ValueTask Write(string text) => stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
    }
}
