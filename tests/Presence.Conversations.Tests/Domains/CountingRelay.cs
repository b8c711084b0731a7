using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Presence.Conversations.Tests.Domains;

/// <summary>A wire between two nodes that counts the octets going each way.</summary>
internal sealed class CountingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<Task, bool> _passing = new();
    private readonly TaskCompletionSource<int> _target = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private long _forth;
    private long _back;

    public CountingRelay()
    {
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Octets from whoever has connected.</summary>
    public long Forth => Interlocked.Read(ref _forth);

    /// <summary>Octets to him.</summary>
    public long Back => Interlocked.Read(ref _back);

    /// <summary>Where it leads, once that is known: who has connected before waits.</summary>
    public void LeadTo(int port) => _target.SetResult(port);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_passing.Keys);
        _ending.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _passing[Pass(await _listener.AcceptTcpClientAsync(_ending.Token))] = true;
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Pass(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, await _target.Task.WaitAsync(_ending.Token), _ending.Token);
                await await Task.WhenAny(
                    Copy(client.GetStream(), server.GetStream(), count => Interlocked.Add(ref _forth, count)),
                    Copy(server.GetStream(), client.GetStream(), count => Interlocked.Add(ref _back, count)));
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
            {
                // One side has hung up: so does the other.
            }
        }
    }

    private async Task Copy(NetworkStream from, NetworkStream to, Action<int> count)
    {
        var buffer = new byte[16_384];
        while (await from.ReadAsync(buffer, _ending.Token) is var octets and > 0)
        {
            count(octets);
            await to.WriteAsync(buffer.AsMemory(0, octets), _ending.Token);
        }
    }
}
