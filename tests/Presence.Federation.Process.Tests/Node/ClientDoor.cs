using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Presence.Federation.Process.Tests.Node;

/// <summary>
/// A port of this process that leads to the clients' port of a node, which may be on a host that this process does not reach
/// by itself, and may be dead for a while: then connections end.
/// </summary>
internal sealed class ClientDoor : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<Task, bool> _passing = new();
    private readonly Task _accepting;

    public ClientDoor(DomainProcess node)
    {
        _listener.Start();
        _accepting = Accept(node);
    }

    public EndPoint End => _listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_passing.Keys);
        _ending.Dispose();
    }

    private async Task Accept(DomainProcess node)
    {
        try
        {
            while (true)
                _passing[Pass(node, await _listener.AcceptTcpClientAsync(_ending.Token))] = true;
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Pass(DomainProcess node, TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var server = await node.Connect(_ending.Token);
                var stream = client.GetStream();
                await await Task.WhenAny(
                    stream.CopyToAsync(server, _ending.Token), server.CopyToAsync(stream, _ending.Token));
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
            {
                // The node is dead, or one side has hung up: so does the other.
            }
        }
    }
}
