using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Presence.Bench.Links;

/// <summary>
/// The same over TLS 1.3, with a whole handshake each time: a session that is resumed would make logins look cheap. Any
/// certificate will do, for what is measured has its own.
/// </summary>
/// <param name="broke">Told once, if the other side ends it.</param>
/// <param name="host">Name that the server is asked for.</param>
internal sealed class TlsOctets(IOctets.Taken taken, Action<string> broke, string host) : IOctets
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Lock _sending = new();
    private readonly UnreadOctets _unread = new(taken);
    private SslStream? _stream;
    private volatile bool _isClosed;

    public async Task Connect(EndPoint server)
    {
        await _socket.ConnectAsync(server);
        _stream = new SslStream(new NetworkStream(_socket, ownsSocket: true));
        await _stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ApplicationProtocols = [new SslApplicationProtocol("pip/1")],
            EnabledSslProtocols = SslProtocols.Tls13,
            AllowTlsResume = false,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
        _ = Read(_stream);
    }

    public void Send(ReadOnlySpan<byte> octets)
    {
        lock (_sending)
            _stream!.Write(octets);
    }

    public void Dispose()
    {
        _isClosed = true;
        _stream?.Dispose();
        _socket.Dispose();
    }

    private async Task Read(SslStream stream)
    {
        try
        {
            while (!_isClosed)
            {
                var received = await stream.ReadAsync(_unread.Room);
                if (received == 0)
                {
                    Break("the server closed");
                    return;
                }

                _unread.Received(received);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
        {
            Break(exception.Message);
        }
    }

    private void Break(string why)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        broke(why);
    }
}
