using Microsoft.Extensions.Time.Testing;
using Presence.Client.Connections;
using Presence.Client.Tests.Scripts;

namespace Presence.Client.Tests.Connections;

public sealed class GreetingTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_greeting_comes_before_everything()
    {
        await using var connection = await _server.Greet();

        Assert.Equal("test", (await connection.Greeting).Parameters["id"]);
    }

    [Fact]
    public async Task A_greeting_of_421_is_told_with_its_reason()
    {
        var connecting = PipConnection.Connect(_server.Options);
        await _server.Accept();
        await _server.Say("421 0 overloaded retry=5");

        var refused = await Assert.ThrowsAsync<PipConnectionException>(() => connecting);
        Assert.Equal((421, "overloaded"), (refused.Code, refused.Reason));
    }

    [Fact]
    public async Task A_server_that_does_not_greet_is_left_after_fifteen_seconds()
    {
        var time = new FakeTimeProvider();
        var connecting = PipConnection.Connect(_server.Options with { Time = time });
        await _server.Accept();
        time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal("timeout", (await Assert.ThrowsAsync<PipConnectionException>(() => connecting)).Reason);
    }

    [Fact]
    public async Task Something_else_than_a_greeting_is_a_protocol_error()
    {
        var connecting = PipConnection.Connect(_server.Options);
        await _server.Accept();
        await _server.Say("SSH-2.0-OpenSSH_9.9");

        Assert.Equal("protocol", (await Assert.ThrowsAsync<PipConnectionException>(() => connecting)).Reason);
    }

    [Fact]
    public async Task Nobody_listening_is_a_typed_error()
    {
        var options = _server.Options;
        await _server.DisposeAsync();

        var failure = await Assert.ThrowsAsync<PipConnectionException>(() => PipConnection.Connect(options));
        Assert.Equal("cannot-connect", failure.Reason);
    }
}
