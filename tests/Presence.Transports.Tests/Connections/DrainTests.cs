using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Presence.Transports.Connections;
using Presence.Transports.Tests.Fakes;

namespace Presence.Transports.Tests.Connections;

public sealed class DrainTests
{
    [Fact]
    public async Task Sessions_are_drained_after_listening_ends_and_before_the_silo_stops()
    {
        Node? node = null;
        var refusal = SocketError.Success;
        var sessions = new GreetingHost
        {
            OnDrain = async () =>
            {
                var late = await Assert.ThrowsAsync<SocketException>(async () => await Node.Connect(node!.Pip));
                refusal = late.SocketErrorCode;
            },
        };
        node = await Node.Start(
            sessions, configure: services => services.AddHostedService(_ => new Silo(sessions.Log)));
        await using var client = await Node.Connect(node.Pip);
        await client.ReadGreeting();

        await node.Stop();

        Assert.Equal(GreetingHost.GoingDown, await client.ReadToEnd());
        Assert.Equal(SocketError.ConnectionRefused, refusal);
        Assert.Equal(["drain", "silo"], sessions.Log);
        await node.DisposeAsync();
    }

    [Fact]
    public async Task Without_any_session_the_host_is_drained_all_the_same()
    {
        var sessions = new GreetingHost();
        await using var node = await Node.Start(sessions);

        await node.Stop();

        Assert.Equal(["drain"], sessions.Log);
    }

    [Fact]
    public async Task Who_stays_beyond_the_limit_is_cut()
    {
        var time = new FakeTimeProvider();
        var started = new TaskCompletionSource();
        var sessions = new GreetingHost
        {
            IsStubborn = true,
            OnDrain = () =>
            {
                started.SetResult();
                return Task.CompletedTask;
            },
        };
        await using var node = await Node.Start(
            sessions, configure: services => services.AddSingleton<TimeProvider>(time));
        await using var client = await Node.Connect(node.Pip);
        await client.ReadGreeting();

        var stopping = node.Stop();
        await started.Task.WaitAsync(Deadline.Limit, TimeProvider.System);
        Assert.False(stopping.IsCompleted);
        time.Advance(SessionDrain.Limit);

        await stopping;
        var cut = await Record.ExceptionAsync(async () => await client.ReadToEnd());
        Assert.True(cut is null or IOException, cut?.ToString());
    }

    [Fact]
    public async Task A_client_that_does_not_take_the_last_words_is_cut_in_the_end()
    {
        var time = new FakeTimeProvider();
        await using var node = await Node.Start(
            new FloodHost(), configure: services => services.AddSingleton<TimeProvider>(time));
        await using var client = await Node.Connect(node.Pip);

        // The limit counts from when the session has returned, a moment from now: so time goes on until it bites.
        var read = ReadNothingUntilCut(client);
        while (!read.IsCompleted)
        {
            time.Advance(LingeringClose.Limit);
            await Task.Yield();
        }

        Assert.IsAssignableFrom<IOException>(await read);
    }

    // A reset shows on writing, without reading a single octet.
    private static async Task<Exception?> ReadNothingUntilCut(NetworkStream client)
    {
        await Task.Yield();
        return await Record.ExceptionAsync(async () =>
        {
            while (!Deadline.Token.IsCancellationRequested)
                await client.WriteAsync("PING 1\r\n"u8.ToArray(), Deadline.Token);
        });
    }

    private sealed class Silo(ConcurrentQueue<string> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            log.Enqueue("silo");
            return Task.CompletedTask;
        }
    }
}
