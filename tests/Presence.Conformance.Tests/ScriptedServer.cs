using System.Net;
using System.Net.Sockets;
using System.Text;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Tests;

/// <summary>A server that says what a test wants: to each line one answer, whatever is right.</summary>
/// <param name="greeting">Sent at once; empty for a server that waits.</param>
/// <param name="answer">From a line to octets; null closes, and so does <see cref="Close"/> at their end.</param>
internal sealed class ScriptedServer : IAsyncDisposable
{
    public const string Close = "\u0004";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _greeting;
    private readonly Func<string, string?> _answer;
    private readonly Task _running;

    public ScriptedServer(string greeting, Func<string, string?> answer)
    {
        (_greeting, _answer) = (greeting, answer);
        _listener.Start();
        _running = Serve();
    }

    public Target Target => new(Carrier.Clear, "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, "localhost")
    {
        Patience = TimeSpan.FromMilliseconds(300),
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _stop.Dispose();
    }

    private async Task Serve()
    {
        List<Task> conversations = [];
        try
        {
            while (true)
                conversations.Add(Converse(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over; the listener may have been stopped between two callers.
            await Task.WhenAll(conversations);
        }
    }

    private async Task Converse(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(_greeting), _stop.Token);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                while (await reader.ReadLineAsync(_stop.Token) is { } line && _answer(line) is { } said)
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(said.Replace(Close, "", StringComparison.Ordinal)), _stop.Token);
                    if (said.EndsWith(Close, StringComparison.Ordinal))
                        break;
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The check has seen enough.
            }
        }
    }
}
