using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Presence.Transports.Tests.Fakes;
using Presence.Transports.WebSockets;

namespace Presence.Transports.Tests.WebSockets;

public sealed class WebSocketTests
{
    private static readonly byte[] OneFrame = Encoding.ASCII.GetBytes("PING 1\r\n");

    private readonly GreetingHost _sessions = new();

    [Fact]
    public async Task The_greeting_is_one_text_message()
    {
        await using var node = await Node.Start(_sessions);
        using var socket = await Connect(node);

        var (kind, text) = await Receive(socket);

        Assert.Equal(WebSocketMessageType.Text, kind);
        Assert.Equal(GreetingHost.Greeting, text);
        Assert.Equal("pip.1", socket.SubProtocol);
        var served = await _sessions.NextServed();
        Assert.True(served.IsLoopback);
        Assert.Null(served.Tls);
    }

    [Theory]
    [Trait("Conformance", "UDP-08")]
    [InlineData(WebSocketMessageType.Text)]
    [InlineData(WebSocketMessageType.Binary)]
    public async Task A_message_with_one_frame_is_taken_whatever_its_opcode(WebSocketMessageType kind)
    {
        await using var node = await Node.Start(_sessions);
        using var socket = await Connect(node);
        await Receive(socket);

        await socket.SendAsync(OneFrame, kind, true, Deadline.Token);

        Assert.Equal((WebSocketMessageType.Close, ""), await Receive(socket));
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Theory]
    [Trait("Conformance", "UDP-08")]
    [InlineData("PING 1\r\nPING 2\r\n")]
    [InlineData("PING 1\r\n\r\n")]
    [InlineData("PING 1\r\nP")]
    [InlineData("PING 1")]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("SET 1 ~/note {5}\r\nab")]
    [InlineData("SET 1 ~/note {2}\r\nab\r\n\r\n")]
    public async Task A_message_that_is_not_exactly_one_frame_closes_with_1002(string message)
    {
        await using var node = await Node.Start(_sessions);
        using var socket = await Connect(node);
        await Receive(socket);

        await socket.SendAsync(Encoding.ASCII.GetBytes(message), WebSocketMessageType.Binary, true, Deadline.Token);

        Assert.Equal((WebSocketMessageType.Close, ""), await Receive(socket));
        Assert.Equal(WebSocketCloseStatus.ProtocolError, socket.CloseStatus);
    }

    [Fact]
    [Trait("Conformance", "UDP-08")]
    public async Task A_frame_may_come_in_fragments_of_one_message()
    {
        await using var node = await Node.Start(_sessions);
        using var socket = await Connect(node);
        await Receive(socket);

        await socket.SendAsync(OneFrame.AsMemory(0, 3), WebSocketMessageType.Text, false, Deadline.Token);
        await socket.SendAsync(OneFrame.AsMemory(3), WebSocketMessageType.Text, true, Deadline.Token);

        await Receive(socket);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task A_message_beyond_all_limits_closes_with_1002()
    {
        await using var node = await Node.Start(_sessions);
        using var socket = await Connect(node);
        await Receive(socket);

        await socket.SendAsync(new byte[200_000], WebSocketMessageType.Binary, true, Deadline.Token);

        await Receive(socket);
        Assert.Equal(WebSocketCloseStatus.ProtocolError, socket.CloseStatus);
    }

    [Fact]
    public async Task On_shutdown_the_session_is_told()
    {
        await using var node = await Node.Start(_sessions);
        using var socket = await Connect(node);
        await Receive(socket);

        var stopping = node.Stop();

        Assert.Equal((WebSocketMessageType.Text, GreetingHost.GoingDown), await Receive(socket));
        Assert.Equal((WebSocketMessageType.Close, ""), await Receive(socket));
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Deadline.Token);
        await stopping;
    }

    [Theory]
    [Trait("Conformance", "UDP-09")]
    [InlineData("https://chat.a.example", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("https://chat.a.example.evil.example", false)]
    [InlineData("http://chat.a.example", false)]
    [InlineData("null", false)]
    [InlineData(null, false)]
    public async Task With_an_allow_list_only_its_origins_come_in(string? origin, bool comesIn)
    {
        var settings = new WebSocketSettings { Origins = ["https://chat.a.example"] };
        await using var node = await Node.Start(
            _sessions, configure: services => services.AddSingleton(Microsoft.Extensions.Options.Options.Create(settings)));

        if (comesIn)
        {
            using var socket = await Connect(node, origin);
            Assert.Equal(WebSocketState.Open, socket.State);
            return;
        }

        await Assert.ThrowsAsync<WebSocketException>(() => Connect(node, origin));
        Assert.False(_sessions.HasServed);
    }

    [Theory]
    [InlineData("https://anywhere.example")]
    [InlineData(null)]
    public async Task Without_a_list_all_come_in(string? origin)
    {
        await using var node = await Node.Start(_sessions);

        using var socket = await Connect(node, origin);

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("xmpp")]
    [InlineData(null)]
    public async Task The_sub_protocol_must_be_asked_for(string? protocol)
    {
        await using var node = await Node.Start(_sessions);

        await Assert.ThrowsAsync<WebSocketException>(() => Connect(node, null, protocol));

        Assert.False(_sessions.HasServed);
    }

    [Fact]
    public async Task A_plain_request_is_told_to_upgrade()
    {
        await using var node = await Node.Start(_sessions);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri($"http://{node.Http}/pip"), Deadline.Token);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }

    [Fact]
    public async Task The_well_known_document_tells_where_to_connect()
    {
        await using var node = await Node.Start(_sessions);
        using var http = new HttpClient();

        var text = await http.GetStringAsync(new Uri($"http://{node.Http}/.well-known/pip"), Deadline.Token);

        Assert.Equal($$"""{"ws":["ws://{{node.Http}}/pip"]}""", text);
    }

    private static async Task<ClientWebSocket> Connect(Node node, string? origin = null, string? protocol = "pip.1")
    {
        var socket = new ClientWebSocket();
        if (protocol is not null)
            socket.Options.AddSubProtocol(protocol);
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri($"ws://{node.Http}/pip"), Deadline.Token);
        return socket;
    }

    private static async Task<(WebSocketMessageType Kind, string Text)> Receive(WebSocket socket)
    {
        var octets = new byte[4096];
        var result = await socket.ReceiveAsync(octets, Deadline.Token);
        return (result.MessageType, Encoding.UTF8.GetString(octets, 0, result.Count));
    }
}
