using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Presence.Locating.Tests.Fakes;

/// <summary>A DNS server on one free port, UDP and TCP, that answers what the test likes.</summary>
internal sealed class ScriptedDnsServer : IAsyncDisposable
{
    private readonly Socket _udp;
    private readonly TcpListener _tcp;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly Func<Query, IEnumerable<byte[]>> _script;
    private int _asked;

    /// <param name="script">The datagrams, or the one message over TCP, that a query is answered with.</param>
    public ScriptedDnsServer(Func<Query, IEnumerable<byte[]>> script)
    {
        _script = script;
        (_udp, _tcp) = Bind();
        _serving = Task.WhenAll(ServeUdp(), ServeTcp());
    }

    public IPEndPoint End => (IPEndPoint)_udp.LocalEndPoint!;

    public int Asked => Volatile.Read(ref _asked);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _tcp.Stop();
        await _serving;
        _udp.Dispose();
        _stop.Dispose();
    }

    // The same number must be free for both: what is free for one may be taken for the other.
    private static (Socket Udp, TcpListener Tcp) Bind()
    {
        while (true)
        {
            var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var tcp = new TcpListener((IPEndPoint)udp.LocalEndPoint!);
            try
            {
                tcp.Start();
                return (udp, tcp);
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                tcp.Dispose();
                udp.Dispose();
            }
        }
    }

    private async Task ServeUdp()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var got = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                foreach (var reply in Answer(buffer[..got.ReceivedBytes], isTcp: false))
                    await _udp.SendToAsync(reply, got.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeTcp()
    {
        try
        {
            while (true)
            {
                using var client = await _tcp.AcceptTcpClientAsync(_stop.Token);
                await Serve(client.GetStream());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(NetworkStream stream)
    {
        try
        {
            var length = new byte[2];
            await stream.ReadExactlyAsync(length, _stop.Token);
            var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(query, _stop.Token);
            foreach (var reply in Answer(query, isTcp: true))
            {
                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)reply.Length);
                await stream.WriteAsync((byte[])[.. length, .. reply], _stop.Token);
            }
        }
        catch (IOException)
        {
            // The resolver has given up, which the test will see.
        }
    }

    private IEnumerable<byte[]> Answer(byte[] octets, bool isTcp)
    {
        Interlocked.Increment(ref _asked);
        return _script(new Query(octets, isTcp));
    }
}
