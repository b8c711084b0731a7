using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Protocol.Sealing;

namespace Presence.Transports.Udp;

/// <summary>The UDP socket of a node: a few tasks read it, whoever has something sends at once.</summary>
internal sealed partial class DatagramSocket(IOptions<DatagramSettings> settings, ILogger<DatagramSocket> logger)
    : IDatagramSender, IDisposable
{
    // One octet more than a datagram may have shows that it is too long.
    private const int BufferSize = SealedDatagram.MaxOctets + 1;

    private readonly CancellationTokenSource _stop = new();
    private Socket? _socket;
    private Task _reading = Task.CompletedTask;

    public int Port => ((IPEndPoint)_socket!.LocalEndPoint!).Port;

    /// <exception cref="SocketException">The port is in use, or this machine does not have the address.</exception>
    public void Open(IPEndPoint end, DatagramKeys keys)
    {
        _socket = new Socket(end.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(end);
        _socket.Blocking = false;
        _reading = Task.WhenAll(Enumerable.Range(0, settings.Value.Readers).Select(_ => Task.Run(() => Read(keys))));
    }

    public void Send(ReadOnlySpan<byte> datagram, IPEndPoint to)
    {
        try
        {
            _socket!.SendTo(datagram, SocketFlags.None, to);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            // Like a datagram that gets lost on its way: what matters is sent again.
            LogNotSent(to, lost);
        }
    }

    public async Task Close()
    {
        await _stop.CancelAsync();
        await _reading;
        _socket?.Dispose();
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _stop.Dispose();
    }

    private async Task Read(DatagramKeys keys)
    {
        var buffer = new byte[BufferSize];
        EndPoint any = new IPEndPoint(
            _socket!.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                keys.Receive(buffer.AsSpan(0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException cause)
            {
                // Some systems report here that an earlier datagram was not welcome, or that one was too long.
                LogNotRead(cause);
            }
        }
    }
}
